// Why a wish of the person was not fulfilled, and what that means for the money.
#pragma once

#include "core/bcs/bcs.h"
#include "core/types/room.h"

namespace mica::types {

// What became of the person's money when something failed.
MICA_CHOICE(MoneyState, Untouched, Unknown, Moved)

// Stable names, for programs; Failure::message is for people.
MICA_CHOICE(FailureCode, InvalidInput, InsufficientBalance, NotOwner, UnknownChain,
            UnknownRecipient, NoQuorum, OutcomeUnknown, SignerRefused, SignerLocked, FastRoundTaken,
            Conflict, WaitForRound, ClockSkew, NetworkReset, StorageFull, StorageFailed,
            StorageCorrupt, CommitteeRemoved, Unsupported, DraftGone, Busy, NothingToDo,
            ExecutionFailed, Internal, NoHttpAnswer, AnswersDiffer)

struct Failure {
  FailureCode code{};
  std::string message;
  MoneyState money{};
  MICA_FIELDS(Failure, code, message, money)
};

}  // namespace mica::types
