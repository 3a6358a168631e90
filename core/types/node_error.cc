#include "core/types/node_error.h"

namespace mica::types {

namespace {

std::string sentence(const NodeError::CryptoError& e) { return e.error; }
std::string sentence(const NodeError::ArithmeticError& e) { return e.error; }
std::string sentence(const NodeError::ViewError& e) { return e.error; }
std::string sentence(const NodeError::ChainError& e) { return e.error; }
std::string sentence(const NodeError::WorkerError& e) { return e.error; }
std::string sentence(const NodeError::GrpcError& e) { return e.error; }
std::string sentence(const NodeError::ClientIoError& e) { return e.error; }
std::string sentence(const NodeError::ResponseHandlingError& e) { return e.error; }
std::string sentence(const NodeError::InactiveChain& e) {
  return "chain " + e.value.to_text() + " is not active";
}
std::string sentence(const NodeError::WrongRound& e) {
  return "the chain is in another round: " + e.value.to_display();
}
std::string sentence(const NodeError::UnexpectedBlockHeight& e) {
  return "expected block height " + to_decimal(e.expected_block_height.height) + ", found " +
         to_decimal(e.found_block_height.height);
}
std::string sentence(const NodeError::MissingCrossChainUpdate& e) {
  return "the message of chain " + e.origin.to_text() + " at height " +
         to_decimal(e.height.height) + " has not arrived";
}
std::string sentence(const NodeError::BlobsNotFound& e) {
  std::string out = "blobs not found:";
  for (const BlobId& id : e.value) out += " " + id.to_text();
  return out;
}
std::string sentence(const NodeError::EventsNotFound& e) {
  return to_decimal(e.value.size()) + " events not found";
}
template <class Other>
std::string sentence(const Other&) {
  return std::string(Other::kTypeName);
}

}  // namespace

std::string NodeError::message() const {
  return std::visit([](const auto& alternative) { return sentence(alternative); }, kind);
}

}  // namespace mica::types
