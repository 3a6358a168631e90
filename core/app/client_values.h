// What the Client tells of: effects of a block, chains, history, validators, results of commands.
// See client_io.h.
#pragma once

#include "core/app/room.h"
#include "core/client/chain_existence.h"
#include "core/types/application_description.h"
#include "core/types/balance_change.h"
#include "core/types/bundle_policy.h"
#include "core/types/failure.h"
#include "core/types/node_service.h"

namespace mica::app {

// A question to a host outside, without its headers and body.
struct AskedHost {
  std::string method, url;
  MICA_FIELDS(AskedHost, method, url)
};
struct OracleAnswer {
  OracleResponse response;
  // None: it is no host's, or this Client has not asked it (a block that was made before it
  // opened).
  std::optional<AskedHost> asked;
  MICA_FIELDS(OracleAnswer, response, asked)
};

// What executing exactly this block did, locally, before anybody signed it.
struct Effects {
  ProposedBlock block;
  // Of the block with its outcome: what validators will vote on. None: they alone know.
  std::optional<CryptoHash> block_hash;
  std::vector<BalanceChange> balances;
  Amount fees;
  std::vector<OutgoingMessage> messages;
  std::vector<ChainId> opened_chains;
  std::vector<BlobId> published_blobs;
  std::vector<ApplicationId> created_applications;
  std::vector<Event> events;
  std::vector<OracleAnswer> oracle_answers;        // what was asked beyond the chain, and answered
  std::vector<OperationResult> operation_results;  // one of each operation
  MICA_FIELDS(Effects, block, block_hash, balances, fees, messages, opened_chains, published_blobs,
              created_applications, events, oracle_answers, operation_results)
};

// A certified block that cannot be executed here, by its height. The chain stands before it: what
// it holds by now is not known. Certified blocks are known here to below `certified`.
struct NotExecuted {
  BlockHeight height;
  std::string reason;
  BlockHeight certified;
  MICA_FIELDS(NotExecuted, height, reason, certified)
};

// A block of the next height that this wallet did not sign, and that must be certified before any
// other: `signer` speaks in it. Validated by a quorum, or proposed in the fast round.
struct LockedBlock {
  BlockHeight height;
  std::optional<AccountOwner> signer;
  bool validated = false;
  MICA_FIELDS(LockedBlock, height, signer, validated)
};

struct ChainSummary {
  ChainId chain_id;
  std::optional<AccountOwner> owner;  // who proposes for this wallet; none: only followed
  BlockHeight next_block_height;
  std::optional<CryptoHash> block_hash;
  Timestamp timestamp;
  Amount chain_balance;
  std::map<AccountOwner, Amount> owner_balances;
  // Delivered here, not yet received by a block: the first limits::kListedBundles of them, how many
  // there are, and the credits among all of them.
  std::vector<IncomingBundle> incoming;
  uint32_t incoming_count = 0;
  Amount incoming_amount;
  // Those among them that no block could receive yet.
  std::vector<WaitingBundles> waiting;
  std::optional<BlockHeight> pending_height;  // a block of ours is signed but not yet certified
  ChainOwnership ownership;
  ApplicationPermissions application_permissions;  // what applications may do, and which must
  Round current_round;
  bool closed = false;
  bool synchronized = false;  // with a quorum, since this Client was opened
  // Operations that wait to bring an own chain into the newest epoch and out of removed ones.
  uint32_t epoch_changes = 0;
  uint32_t new_events = 0;  // of streams, that its applications have not processed
  std::optional<NotExecuted> not_executed;
  std::optional<LockedBlock> locked;  // of an own chain
  MICA_FIELDS(ChainSummary, chain_id, owner, next_block_height, block_hash, timestamp,
              chain_balance, owner_balances, incoming, incoming_count, incoming_amount, waiting,
              pending_height, ownership, application_permissions, current_round, closed,
              synchronized, epoch_changes, new_events, not_executed, locked)
};

// Proposed: signed and sent. Certified: a quorum confirmed it. Delivered: a quorum answered with
// wait_for_outgoing_messages, so every recipient's inbox has its messages.
MICA_CHOICE(BlockState, Proposed, Certified, Delivered)

struct HistoryEntry {
  BlockHeight height;
  CryptoHash hash;
  BlockState state{};
  Block block;
  MICA_FIELDS(HistoryEntry, height, hash, state, block)
};

// One that has state on a chain.
struct ChainApplication {
  ApplicationId application_id;
  std::optional<ApplicationDescription> description;  // none: it is not stored here
  MICA_FIELDS(ChainApplication, application_id, description)
};

struct StreamEvent {
  uint32_t index;
  Bytes value;
  MICA_FIELDS(StreamEvent, index, value)
};

struct ValidatorHealth {
  ValidatorPublicKey public_key;
  std::string address;
  bool subscribed = false;
  uint32_t failures = 0;  // in a row
  std::string last_error;
  MICA_FIELDS(ValidatorHealth, public_key, address, subscribed, failures, last_error)
};

struct ChainFailure {
  ChainId chain_id;
  Failure failure;
  MICA_FIELDS(ChainFailure, chain_id, failure)
};

// How a command ends well.
struct ClientResult {
  struct Nothing {
    MICA_UNIT(Nothing)
  };
  struct Network {
    NetworkDescription description;
    Committee committee;
    MICA_FIELDS(Network, description, committee)
  };
  struct Chains {
    std::vector<ChainSummary> chains;
    MICA_NEWTYPE(Chains, chains)
  };
  struct Draft {
    uint64_t draft_id;
    Effects effects;
    MICA_FIELDS(Draft, draft_id, effects)
  };
  struct Committed {
    ConfirmedBlockCertificate certificate;
    CryptoHash block_hash;
    std::optional<Amount> fees;  // none: the block was made before this Client opened
    MICA_FIELDS(Committed, certificate, block_hash, fees)
  };
  struct History {
    std::vector<HistoryEntry> entries;
    MICA_NEWTYPE(History, entries)
  };
  struct Certificate {
    ConfirmedBlockCertificate certificate;
    MICA_NEWTYPE(Certificate, certificate)
  };
  struct Answer {
    Bytes response;
    std::vector<Operation> operations;  // that the service schedules, in order
    MICA_FIELDS(Answer, response, operations)
  };
  struct Existence {
    ChainExistence existence;
    MICA_NEWTYPE(Existence, existence)
  };
  struct Validators {
    std::vector<ValidatorHealth> validators;
    MICA_NEWTYPE(Validators, validators)
  };
  struct Records {
    std::map<std::string, Bytes> records;
    MICA_NEWTYPE(Records, records)
  };
  struct Estimated {
    Effects effects;
    MICA_NEWTYPE(Estimated, effects)
  };
  struct Blob {
    BlobContent blob;
    MICA_NEWTYPE(Blob, blob)
  };
  struct Events {
    uint32_t count;  // of the stream, as far as it is known here
    std::vector<StreamEvent> events;
    MICA_FIELDS(Events, count, events)
  };
  struct Applications {
    std::vector<ChainApplication> applications;
    MICA_NEWTYPE(Applications, applications)
  };
  struct Tracked {
    std::vector<ChainFailure> failed;  // the others are followed
    MICA_NEWTYPE(Tracked, failed)
  };
  std::variant<Nothing, Network, Chains, Draft, Committed, History, Certificate, Existence,
               Validators, Records, Answer, Estimated, Blob, Events, Applications, Tracked>
      kind;
  MICA_ENUM(ClientResult, kind)
};

}  // namespace mica::app
