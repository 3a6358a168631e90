// What a block may do, and what chains tell each other.
// linera-execution/src/{lib,system}.rs, linera-base/src/data_types.rs
#pragma once

#include "core/types/committee.h"
#include "core/types/room.h"

namespace mica::types {

struct OpenChainConfig {
  ChainOwnership ownership;
  Amount balance;
  ApplicationPermissions application_permissions;
  MICA_FIELDS(OpenChainConfig, ownership, balance, application_permissions)
};

struct AdminOperation {
  struct PublishCommitteeBlob {
    CryptoHash blob_hash;
    MICA_FIELDS(PublishCommitteeBlob, blob_hash)
  };
  struct CreateCommittee {
    Epoch epoch;
    CryptoHash blob_hash;
    MICA_FIELDS(CreateCommittee, epoch, blob_hash)
  };
  struct RemoveCommittee {
    Epoch epoch;
    MICA_FIELDS(RemoveCommittee, epoch)
  };
  std::variant<PublishCommitteeBlob, CreateCommittee, RemoveCommittee> kind;
  MICA_ENUM(AdminOperation, kind)
};

struct SystemOperation {
  struct Transfer {
    AccountOwner owner;  // whose money; AccountOwner::chain() for the chain's balance
    Account recipient;
    Amount amount;
    MICA_FIELDS(Transfer, owner, recipient, amount)
  };
  struct Claim {
    AccountOwner owner;
    ChainId target_id;  // the chain that holds the owner's money
    Account recipient;
    Amount amount;
    MICA_FIELDS(Claim, owner, target_id, recipient, amount)
  };
  struct OpenChain {
    OpenChainConfig config;
    MICA_NEWTYPE(OpenChain, config)
  };
  struct CloseChain {
    MICA_UNIT(CloseChain)
  };
  struct ChangeOwnership {
    std::vector<AccountOwner> super_owners;
    std::vector<std::pair<AccountOwner, uint64_t>> owners;
    uint32_t multi_leader_rounds;
    bool open_multi_leader_rounds;
    TimeoutConfig timeout_config;
    MICA_FIELDS(ChangeOwnership, super_owners, owners, multi_leader_rounds,
                open_multi_leader_rounds, timeout_config)
  };
  struct ChangeApplicationPermissions {
    ApplicationPermissions permissions;
    MICA_NEWTYPE(ChangeApplicationPermissions, permissions)
  };
  struct PublishModule {
    ModuleId module_id;
    MICA_FIELDS(PublishModule, module_id)
  };
  struct PublishDataBlob {
    CryptoHash blob_hash;
    MICA_FIELDS(PublishDataBlob, blob_hash)
  };
  struct VerifyBlob {
    BlobId blob_id;
    MICA_FIELDS(VerifyBlob, blob_id)
  };
  struct CreateApplication {
    ModuleId module_id;
    Bytes parameters;
    Bytes instantiation_argument;
    std::vector<ApplicationId> required_application_ids;
    MICA_FIELDS(CreateApplication, module_id, parameters, instantiation_argument,
                required_application_ids)
  };
  struct Admin {
    AdminOperation operation;
    MICA_NEWTYPE(Admin, operation)
  };
  struct ProcessNewEpoch {
    Epoch epoch;
    MICA_NEWTYPE(ProcessNewEpoch, epoch)
  };
  struct ProcessRemovedEpoch {
    Epoch epoch;
    MICA_NEWTYPE(ProcessRemovedEpoch, epoch)
  };
  struct UpdateStreams {
    std::vector<std::tuple<ChainId, StreamId, uint32_t>> streams;
    MICA_NEWTYPE(UpdateStreams, streams)
  };
  std::variant<Transfer, Claim, OpenChain, CloseChain, ChangeOwnership,
               ChangeApplicationPermissions, PublishModule, PublishDataBlob, VerifyBlob,
               CreateApplication, Admin, ProcessNewEpoch, ProcessRemovedEpoch, UpdateStreams>
      kind;
  MICA_ENUM(SystemOperation, kind)
};

// It takes a chain into or out of epochs, or to new events: always permitted, and signed without a
// person. linera-execution/src/system.rs, Operation::is_exempt_from_permissions
inline bool brings_up_to_date(const SystemOperation& operation) {
  return std::holds_alternative<SystemOperation::ProcessNewEpoch>(operation.kind) ||
         std::holds_alternative<SystemOperation::ProcessRemovedEpoch>(operation.kind) ||
         std::holds_alternative<SystemOperation::UpdateStreams>(operation.kind);
}

struct Operation {
  struct System {
    SystemOperation operation;
    MICA_NEWTYPE(System, operation)
  };
  struct User {
    ApplicationId application_id;
    Bytes bytes;
    MICA_FIELDS(User, application_id, bytes)
  };
  std::variant<System, User> kind;
  MICA_ENUM(Operation, kind)

  template <class Alternative>
  static Operation system(Alternative operation) {
    return {System{SystemOperation{std::move(operation)}}};
  }
};

struct SystemMessage {
  struct Credit {
    AccountOwner target;
    Amount amount;
    AccountOwner source;  // gets the money back when the message bounces
    MICA_FIELDS(Credit, target, amount, source)
  };
  struct Withdraw {
    AccountOwner owner;
    Amount amount;
    Account recipient;
    MICA_FIELDS(Withdraw, owner, amount, recipient)
  };
  std::variant<Credit, Withdraw> kind;
  MICA_ENUM(SystemMessage, kind)
};

struct Message {
  struct System {
    SystemMessage message;
    MICA_NEWTYPE(System, message)
  };
  struct User {
    ApplicationId application_id;
    Bytes bytes;
    MICA_FIELDS(User, application_id, bytes)
  };
  std::variant<System, User> kind;
  MICA_ENUM(Message, kind)
};

// Protected cannot be rejected, Tracked comes back as Bouncing when rejected.
MICA_CHOICE(MessageKind, Simple, Protected, Tracked, Bouncing)

struct OutgoingMessage {
  ChainId destination;
  std::optional<AccountOwner> authenticated_signer;
  Amount grant;
  std::optional<Account> refund_grant_to;
  MessageKind kind{};
  Message message;
  MICA_FIELDS(OutgoingMessage, destination, authenticated_signer, grant, refund_grant_to, kind,
              message)
};

struct PostedMessage {
  std::optional<AccountOwner> authenticated_signer;
  Amount grant;
  std::optional<Account> refund_grant_to;
  MessageKind kind{};
  uint32_t index = 0;  // over all messages of the sender's block
  Message message;
  MICA_FIELDS(PostedMessage, authenticated_signer, grant, refund_grant_to, kind, index, message)
  // May be passed over by a receiver without loss. linera-chain/src/data_types/mod.rs
  bool is_skippable() const {
    return (kind == MessageKind::Simple || kind == MessageKind::Bouncing) && grant.zero();
  }
};

}  // namespace mica::types

MICA_CODEC_ELSEWHERE(::mica::types::SystemOperation)
MICA_CODEC_ELSEWHERE(::mica::types::Operation)
MICA_CODEC_ELSEWHERE(::mica::types::Message)
MICA_CODEC_ELSEWHERE(::mica::types::OutgoingMessage)
MICA_CODEC_ELSEWHERE(::mica::types::PostedMessage)
