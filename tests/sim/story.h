// What the stories of the tests tell of a World: a command and its answer, a payment, a receipt.
#pragma once

#include <gtest/gtest.h>

#include "tests/sim/room.h"
#include "tests/sim/world.h"

namespace mica::sim {

struct Answer {
  const ClientResult* result = nullptr;  // one of the two, until the client crashes
  const Failure* failure = nullptr;
  explicit operator bool() const { return result != nullptr; }
  // Null where it failed.
  template <class Kind>
  const Kind* as() const {
    return result ? std::get_if<Kind>(&result->kind) : nullptr;
  }
  std::optional<FailureCode> code() const {
    return failure ? std::optional(failure->code) : std::nullopt;
  }
  std::string text() const { return failure ? failure->message : "no failure"; }
};

inline std::string tail(const World& world) {
  std::string text;
  for (size_t i = world.log.size() > 25 ? world.log.size() - 25 : 0; i < world.log.size(); ++i) {
    text += world.log[i] + "\n";
  }
  return text;
}

inline Answer run(World& world, size_t client, ClientCommand command) {
  const uint64_t id = world.command(client, std::move(command));
  EXPECT_TRUE(world.run_until([&] { return world.answered(client, id); })) << tail(world);
  return {world.done(client, id), world.failed(client, id)};
}

inline Answer track(World& world, size_t client, uint8_t owner, size_t chain, bool fast = false) {
  return run(world, client,
             {ClientCommand::TrackChain{world.chain(chain), sim_owner(owner), fast}});
}

// A client that signs as `name` and follows the chain.
inline size_t wallet(World& world, uint8_t name, size_t chain, bool fast = false) {
  const size_t client = world.add_client(name);
  const Answer tracked = track(world, client, name, chain, fast);
  EXPECT_TRUE(tracked) << tracked.text();
  return client;
}

inline Operation transfer(const ChainId& to, uint64_t tokens) {
  return Operation::system(SystemOperation::Transfer{
      AccountOwner::chain(), {to, AccountOwner::chain()}, Amount::from_tokens(tokens)});
}

inline Answer prepare(World& world, size_t client, size_t chain, std::vector<Operation> operations,
                      std::vector<Bytes> blobs = {}) {
  return run(world, client,
             {ClientCommand::PrepareBlock{world.chain(chain), std::move(operations),
                                          std::move(blobs), false}});
}

// A transfer that is not signed yet; null where it failed.
inline const ClientResult::Draft* draft(World& world, size_t client, size_t from, size_t to,
                                        uint64_t tokens = 1) {
  return prepare(world, client, from, {transfer(world.chain(to), tokens)})
      .as<ClientResult::Draft>();
}

inline Answer commit(World& world, size_t client, uint64_t draft_id) {
  return run(world, client, {ClientCommand::CommitDraft{draft_id}});
}

// Prepared and committed: the answer of what failed, or of the commit.
inline Answer make(World& world, size_t client, size_t chain, std::vector<Operation> operations,
                   std::vector<Bytes> blobs = {}) {
  const Answer prepared = prepare(world, client, chain, std::move(operations), std::move(blobs));
  const auto* made = prepared.as<ClientResult::Draft>();
  return made ? commit(world, client, made->draft_id) : prepared;
}

inline Answer pay(World& world, size_t client, size_t from, size_t to, uint64_t tokens = 1) {
  return make(world, client, from, {transfer(world.chain(to), tokens)});
}

inline bool has_incoming(const World& world, size_t client, size_t chain) {
  const ChainSummary* summary = world.summary(client, world.chain(chain));
  return summary && !summary->incoming.empty();
}

inline bool synchronized(const World& world, size_t client, size_t chain) {
  const ChainSummary* summary = world.summary(client, world.chain(chain));
  return summary && summary->synchronized;
}

inline void receive(World& world, size_t client, size_t chain) {
  ASSERT_TRUE(world.run_until([&] { return has_incoming(world, client, chain); })) << tail(world);
  const Answer received = run(
      world, client, {ClientCommand::ReceiveIncoming{world.chain(chain), Amount::from_tokens(1)}});
  EXPECT_TRUE(received) << received.text() << "\n" << tail(world);
}

inline Amount balance(const World& world, size_t client, size_t chain) {
  const ChainSummary* summary = world.summary(client, world.chain(chain));
  return summary ? summary->chain_balance : Amount{};
}

inline uint64_t height(const World& world, size_t client, size_t chain) {
  const ChainSummary* summary = world.summary(client, world.chain(chain));
  return summary ? summary->next_block_height.height : 0;
}

}  // namespace mica::sim
