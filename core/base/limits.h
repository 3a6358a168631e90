// What everything remote may cost, in one place (docs/limits.md lists it with the reasons).
// A limit has its unit in its name; what crosses it is refused by an error, never by an abort.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/room.h"

namespace mica::base::limits {

// --- decoding: core/bcs, core/rpc ----------------------------------------------------------------

// Memory that decoding may take for each byte of input, and what every decode may take.
inline constexpr size_t kDecodeBytesPerByte = 32;
inline constexpr size_t kDecodeBaseBytes = 4 * 1024;
// The same within an input's first part, which holds the longest block whatever is in it.
inline constexpr size_t kDecodeFirstBytesPerByte = 160;
inline constexpr size_t kDecodeFirstBytes = 1024 * 1024;

constexpr uint64_t decode_memory_bytes(uint64_t input_bytes) {
  const uint64_t first = input_bytes < kDecodeFirstBytes ? input_bytes : kDecodeFirstBytes;
  return kDecodeBaseBytes + first * kDecodeFirstBytesPerByte +
         (input_bytes - first) * kDecodeBytesPerByte;
}

// Upstream's limit for one message, both ways. linera-rpc/src/grpc/mod.rs
inline constexpr size_t kMaxMessageBytes = 16 * 1024 * 1024;
// Of a stream: one frame, and the messages that may wait in its reader.
inline constexpr size_t kMaxStreamFrameBytes = 1024 * 1024;
inline constexpr size_t kMaxStreamFrames = 1024;
inline constexpr size_t kMaxStreamKeptBytes = 2 * 1024 * 1024;

// Of a guest's memory, so much counts for the budget of what one call lifts out of it: 256 MiB.
inline constexpr uint64_t kLiftedGuestBytes = 4 * 1024 * 1024;

inline constexpr size_t kMaxCertificateSignatures = 1000;
inline constexpr size_t kMaxJsonDepth = 64;
inline constexpr size_t kMaxHostChars = 253;

// --- asking validators: core/client, core/app ----------------------------------------------------

// A validator that is silent for so long gets company: the next one is asked beside it.
inline constexpr uint64_t kPatience_us = 1'000'000;
// Also one that does deliver is not alone for longer than this.
inline constexpr uint64_t kMostAlone_us = 5'000'000;
// Evidence of rounds that takes longer comes later.
inline constexpr uint64_t kEvidencePatience_us = 3'000'000;

// One page of a received log, and the most entries that wait in one validator's lane.
inline constexpr size_t kReceivedLogPage = 20'000;
// Senders that a validator told of and that its log did not name yet.
inline constexpr size_t kWaitingNews = 250;
// Failures in a row after which a lane pauses, and for how long: doubling from the first on.
inline constexpr uint32_t kLaneFailures = 3;
inline constexpr uint64_t kLanePauseFirst_us = 5'000'000;
inline constexpr uint64_t kLanePauseMost_us = 600'000'000;
// Senders whose blocks a lane fetches at once; one only until it has delivered something.
inline constexpr uint32_t kLaneSenders = 2;
// How often a lane tries a sender before it waits for the next reading of the log.
inline constexpr uint32_t kSenderTries = 5;
// Messages are awaited no longer than this where somebody asked for a synchronization.
inline constexpr uint64_t kInboxPatience_us = 10'000'000;

// Steps back over one sender's blocks in one go, and heights that are kept of the way.
inline constexpr size_t kWalkSteps = 1'000;
inline constexpr size_t kWalkHeights = 20'000;
inline constexpr size_t kKeptWalks = 64;
// Certificates in hand: those of one answer, and this much more. Answers are kept about as big.
inline constexpr size_t kBatchBytes = 256 * 1024;
inline constexpr size_t kMostInBatch = 64;
// Of a followed chain's own blocks, executed as they come. linera-core/src/client/mod.rs
inline constexpr size_t kChainBatch = 500;

// Requests under way to one validator, to one that did not answer the last time, and to all.
inline constexpr size_t kRequestsToOne = 24;
inline constexpr size_t kRequestsToAbsent = 4;
inline constexpr size_t kRequestsToAll = 256;
// Followed chains that are compared with validators at once, where nobody waits for one of them.
inline constexpr size_t kChainsAtOnce = 32;
// A stream that is not acknowledged by then is opened anew.
inline constexpr uint64_t kAcknowledge_us = 20'000'000;
// How often a validator may say that a block is too early before that is its answer.
inline constexpr uint32_t kEarlyTries = 6;
// A validator whose clock is behind a block's time by more than this is not waited for.
inline constexpr uint64_t kMaxClockWait_us = 30'000'000;
// Waiting bundles that a summary lists; beyond the second number they are counted less often.
inline constexpr size_t kListedBundles = 16;
inline constexpr size_t kQuicklyCounted = 300;
inline constexpr uint64_t kSlowCount_us = 1'000'000;

// Errors that the outcome of one flow carries, and characters of each that are shown.
inline constexpr size_t kOutcomeErrors = 8;
inline constexpr size_t kQuotedCharacters = 200;

// --- blocks of one's own: core/app, core/worker --------------------------------------------------

// Who may wait for their turn to make a block of one chain.
inline constexpr size_t kWaitingJobs = 32;
// New events that one block takes. linera-core/src/client/chain_client/mod.rs
inline constexpr uint32_t kEventsPerBlock = 10;
// Certificates of a publisher that are kept on the way back to its first event.
inline constexpr size_t kEventBlocksInHand = 16;
// Applications of one chain, and bytes of events, in one answer to the host.
inline constexpr size_t kListedApplications = 1000;
inline constexpr size_t kListedEventBytes = 1024 * 1024;
// Incoming bundles that one block tries to receive. linera-client/src/client_options.rs
inline constexpr size_t kMaxBundlesPerBlock = 300;
// Recent blocks, and what executing them did, that a node keeps in memory; in encoded bytes.
inline constexpr size_t kBlockCacheBytes = 16 * 1024 * 1024;
inline constexpr size_t kExecutionCacheBytes = 8 * 1024 * 1024;
// Committees of recent epochs: their blobs, and what those were parsed to; in encoded bytes.
inline constexpr size_t kCommitteeBlobCacheBytes = 1024 * 1024;
inline constexpr size_t kCommitteeCacheBytes = 1024 * 1024;
// What one run of a block asks for at once.
inline constexpr size_t kMaxWanted = 100;
// HTTP questions of applications: under way at once, and asked by one block. What one sends, and
// what its answer may have and take where the network's policy allows more.
inline constexpr size_t kHttpAtOnce = 32;
inline constexpr size_t kMaxHttpQuestions = 100;
inline constexpr uint64_t kMaxHttpRequestBytes = 1024 * 1024;
inline constexpr uint64_t kMaxHttpAnswerBytes = 1024 * 1024;
inline constexpr uint64_t kHttpTimeout_ms = 60'000;
// Proposals that wait for answers at a validator, and those of one chain.
inline constexpr size_t kWaitingProposals = 64;
inline constexpr size_t kWaitingProposalsOfChain = 4;

// --- files of keys: core/wallet ------------------------------------------------------------------

// Argon2id that a file may ask for, whoever wrote it.
inline constexpr uint64_t kMaxKdfBytes = 256 * 1024 * 1024;
inline constexpr uint32_t kMaxKdfPasses = 12;
// Owners that are derived from a phrase in one go.
inline constexpr uint32_t kMaxOwnersAhead = 20;

// --- applications: core/wasm, core/execution -----------------------------------------------------

// Bytecode of one module, decompressed.
inline constexpr size_t kMaxBytecodeBytes = 32 * 1024 * 1024;
// Applications that one application requires, directly or not.
inline constexpr size_t kMaxRequiredApplications = 1000;

// Calls into guests that are open at once, over all instances: applications that call each other,
// and the allocations of each.
inline constexpr size_t kMaxGuestNesting = 64;
// Memory of one instance, in pages of 64 KiB.
inline constexpr uint32_t kMaxGuestPages = 4096;
// What carries numbers between the core and a module's imports and exports, in bytes of code.
inline constexpr size_t kMaxAdapterBytes = 64 * 1024;
// Calls that the stack must still hold when a guest asks the host for something.
inline constexpr uint32_t kHostStackCalls = 1024;
// Memory that reading, validating and metering a module may take for each byte, and what any may.
inline constexpr size_t kModuleBytesPerByte = 160;
inline constexpr size_t kModuleBaseBytes = 512 * 1024;
// Compiled modules that are kept, in bytes of the modules themselves.
inline constexpr size_t kProgramCacheBytes = 32 * 1024 * 1024;
// What remembering that a module is refused counts for among them.
inline constexpr size_t kRefusedModuleBytes = 1024;
// Fuel that a service may use to answer one query.
inline constexpr uint64_t kServiceFuel = 2'000'000'000;
// Of one action or query: applications that take part, what each began to read and did not fetch,
// and writes, messages, events, blobs and operations that it makes.
inline constexpr size_t kMaxApplicationsInRun = 64;
inline constexpr size_t kPromisedBytes = 64 * 1024 * 1024;
inline constexpr size_t kRunOutcomeBytes = 32 * 1024 * 1024;
// A key or prefix in an application's store: what validators on ScyllaDB take.
// linera-views/src/backends/scylla_db.rs, views/key_value_store_view.rs
inline constexpr size_t kMaxApplicationKeyBytes = 10'191;
// Values on the operand stack of one body while it is validated.
inline constexpr size_t kMaxModuleOperands = 100'000;

}  // namespace mica::base::limits
