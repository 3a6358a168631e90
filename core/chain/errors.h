// Upstream's ChainError and WorkerError as the NodeError that a peer sees: the variants a client
// branches on keep their shape, all others are a sentence. linera-core/src/node.rs
#pragma once

#include "core/chain/room.h"
#include "core/types/node_error.h"

namespace mica::chain {

inline NodeError chain_error(std::string text) { return NodeError::ChainError{std::move(text)}; }
inline NodeError worker_error(std::string text) { return NodeError::WorkerError{std::move(text)}; }
inline NodeError corrupted(const std::string& what) {
  return chain_error("Corrupted chain state: " + what);
}
inline NodeError number_overflow() { return NodeError::ArithmeticError{"Number overflow"}; }

}  // namespace mica::chain
