// Why a wish of the person was not fulfilled, and what that means for the money.
#pragma once

#include "core/bcs/bcs.h"
#include "core/types/ids.h"
#include "core/types/room.h"
#include "core/types/scalars.h"

namespace mica::types {

// What became of the person's money when something failed.
MICA_CHOICE(MoneyState, Untouched, Unknown, Moved)

// Stable names, for programs and for the texts that people read.
MICA_CHOICE(FailureCode, InvalidInput, InsufficientBalance, NotOwner, UnknownChain,
            UnknownRecipient, NoQuorum, OutcomeUnknown, SignerRefused, SignerLocked, FastRoundTaken,
            Conflict, WaitForRound, ClockSkew, NetworkReset, StorageFull, StorageFailed,
            StorageCorrupt, CommitteeRemoved, Unsupported, DraftGone, Busy, NothingToDo,
            ExecutionFailed, Internal, NotFound, NoHttpAnswer, AnswersDiffer, LockedByOther)

// Why a host gave no answer: it was asked and failed or was late; or it was not asked, for the
// person or the network's policy did not allow it, its name is asked only by https, or the block
// asks more than a wallet answers.
MICA_CHOICE(NoAnswerKind, Asked, NotAllowed, Insecure, OverLimit)

// What a text about a failure can name, as far as it was known where it arose.
struct FailureDetail {
  struct None {
    MICA_UNIT(None)
  };
  // InsufficientBalance: of fees, or of what is sent.
  struct Shortfall {
    Amount needed, available;
    MICA_FIELDS(Shortfall, needed, available)
  };
  // ClockSkew: the block's time here, and how late it is for a validator.
  struct Clocks {
    Timestamp block, validator;
    MICA_FIELDS(Clocks, block, validator)
  };
  // WaitForRound: another owner's.
  struct InRound {
    Round round;
    MICA_NEWTYPE(InRound, round)
  };
  // UnknownChain.
  struct OfChain {
    ChainId chain_id;
    MICA_NEWTYPE(OfChain, chain_id)
  };
  // NoHttpAnswer.
  struct OfHost {
    std::string host;
    NoAnswerKind why;
    MICA_FIELDS(OfHost, host, why)
  };
  std::variant<None, Shortfall, Clocks, InRound, OfChain, OfHost> kind;
  MICA_ENUM(FailureDetail, kind)
};

struct Failure {
  FailureCode code{};
  std::string message;  // English, for a developer
  MoneyState money{};
  FailureDetail detail{};
  MICA_FIELDS(Failure, code, message, money, detail)
};

}  // namespace mica::types
