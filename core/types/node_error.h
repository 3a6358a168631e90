// What a node answers when it cannot do what was asked. linera-core/src/node.rs
#pragma once

#include "core/types/certificate.h"
#include "core/types/room.h"

namespace mica::types {

namespace detail {
template <class T, class Variant>
inline constexpr bool kIsAlternative = false;
template <class T, class... Alternatives>
inline constexpr bool kIsAlternative<T, std::variant<Alternatives...>> =
    (std::is_same_v<T, Alternatives> || ...);
}  // namespace detail

struct NodeError {
#define MICA_ERROR_TEXT(Name, member) \
  struct Name {                       \
    std::string member;               \
    MICA_FIELDS(Name, member)         \
  };
#define MICA_ERROR_UNIT(Name) \
  struct Name {               \
    MICA_UNIT(Name)           \
  };
#define MICA_ERROR_OF(Name, Type) \
  struct Name {                   \
    Type value;                   \
    MICA_NEWTYPE(Name, value)     \
  };
  MICA_ERROR_TEXT(CryptoError, error)
  MICA_ERROR_TEXT(ArithmeticError, error)
  MICA_ERROR_TEXT(ViewError, error)
  MICA_ERROR_TEXT(ChainError, error)
  MICA_ERROR_TEXT(WorkerError, error)
  MICA_ERROR_OF(InactiveChain, ChainId)
  MICA_ERROR_OF(WrongRound, Round)
  struct UnexpectedBlockHeight {
    BlockHeight expected_block_height;
    BlockHeight found_block_height;
    MICA_FIELDS(UnexpectedBlockHeight, expected_block_height, found_block_height)
  };
  struct MissingCrossChainUpdate {
    ChainId chain_id;
    ChainId origin;
    BlockHeight height;
    MICA_FIELDS(MissingCrossChainUpdate, chain_id, origin, height)
  };
  MICA_ERROR_OF(BlobsNotFound, std::vector<BlobId>)
  MICA_ERROR_OF(EventsNotFound, std::vector<EventId>)
  MICA_ERROR_UNIT(MissingCertificateValue)
  MICA_ERROR_OF(MissingCertificates, std::vector<CryptoHash>)
  MICA_ERROR_OF(MissingVoteInValidatorResponse, std::string)
  MICA_ERROR_UNIT(InvalidChainInfoResponse)
  MICA_ERROR_UNIT(UnexpectedCertificateValue)
  MICA_ERROR_UNIT(InvalidDecoding)
  MICA_ERROR_UNIT(UnexpectedMessage)
  MICA_ERROR_TEXT(GrpcError, error)
  MICA_ERROR_TEXT(ClientIoError, error)
  MICA_ERROR_TEXT(CannotResolveValidatorAddress, address)
  MICA_ERROR_TEXT(SubscriptionError, transport)
  MICA_ERROR_TEXT(SubscriptionFailed, status)
  MICA_ERROR_OF(InvalidCertificateForBlob, BlobId)
  MICA_ERROR_UNIT(DuplicatesInBlobsNotFound)
  MICA_ERROR_UNIT(UnexpectedEntriesInBlobsNotFound)
  struct UnexpectedCertificates {
    std::vector<CryptoHash> returned;
    std::vector<CryptoHash> requested;
    MICA_FIELDS(UnexpectedCertificates, returned, requested)
  };
  MICA_ERROR_UNIT(EmptyBlobsNotFound)
  MICA_ERROR_TEXT(ResponseHandlingError, error)
  struct MissingCertificatesByHeights {
    ChainId chain_id;
    std::vector<BlockHeight> heights;
    MICA_FIELDS(MissingCertificatesByHeights, chain_id, heights)
  };
  struct TooManyCertificatesReturned {
    ChainId chain_id;
    ValidatorPublicKey remote_node;
    MICA_FIELDS(TooManyCertificatesReturned, chain_id, remote_node)
  };
  // 0.15.21; a 0.15.17 peer cannot decode it, so it is sent only when asked for.
  struct MissingCrossChainUpdates {
    ChainId chain_id;
    std::vector<std::pair<ChainId, BlockHeight>> bundles;
    MICA_FIELDS(MissingCrossChainUpdates, chain_id, bundles)
  };
#undef MICA_ERROR_TEXT
#undef MICA_ERROR_UNIT
#undef MICA_ERROR_OF
  std::variant<CryptoError, ArithmeticError, ViewError, ChainError, WorkerError, InactiveChain,
               WrongRound, UnexpectedBlockHeight, MissingCrossChainUpdate, BlobsNotFound,
               EventsNotFound, MissingCertificateValue, MissingCertificates,
               MissingVoteInValidatorResponse, InvalidChainInfoResponse, UnexpectedCertificateValue,
               InvalidDecoding, UnexpectedMessage, GrpcError, ClientIoError,
               CannotResolveValidatorAddress, SubscriptionError, SubscriptionFailed,
               InvalidCertificateForBlob, DuplicatesInBlobsNotFound,
               UnexpectedEntriesInBlobsNotFound, UnexpectedCertificates, EmptyBlobsNotFound,
               ResponseHandlingError, MissingCertificatesByHeights, TooManyCertificatesReturned,
               MissingCrossChainUpdates>
      kind;
  MICA_ENUM(NodeError, kind)

  NodeError() = default;
  template <class Alternative>
  requires detail::kIsAlternative<Alternative, decltype(kind)> NodeError(Alternative alternative)
      : kind(std::move(alternative)) {}
  // A broken rule of ours, as text; upstream's catch-all for what has no variant of its own.
  NodeError(const Error& error) : kind(ChainError{error.message()}) {}

  template <class Alternative>
  const Alternative* as() const {
    return std::get_if<Alternative>(&kind);
  }
  std::string message() const;  // a sentence for a person
};

template <class T>
using NodeResult = Result<T, NodeError>;
using NodeStatus = Result<Ok, NodeError>;

}  // namespace mica::types

MICA_CODEC_ELSEWHERE(::mica::types::NodeError)
