#include "core/client/flow.h"

#include "core/crypto/secp256k1.h"

namespace mica::client {
namespace {

NodeResult<NodeResponse> without_failures(NodeResult<NodeResponse> result) {
  if (!result.ok()) return result;
  if (auto* failure = std::get_if<NodeResponse::Failure>(&result->kind)) {
    return NodeResult<NodeResponse>(failure->error);
  }
  if (auto* status = std::get_if<NodeResponse::Status>(&result->kind)) {
    return NodeResult<NodeResponse>(NodeError(
        NodeError::GrpcError{"status " + std::to_string(status->code) + ": " + status->message}));
  }
  return result;
}

// linera-core/src/remote_node.rs, check_and_return_info
NodeResult<ChainInfo> checked_info(NodeResult<NodeResponse> result, const ChainId& chain,
                                   const ValidatorPublicKey* signer) {
  result = without_failures(std::move(result));
  if (!result.ok()) return result.error();
  auto* info = std::get_if<NodeResponse::Info>(&result->kind);
  if (info == nullptr) return NodeError(NodeError::UnexpectedMessage{});
  ChainInfoResponse& response = info->response;
  const NodeError invalid(NodeError::InvalidChainInfoResponse{});
  if (response.info.chain_id != chain) return invalid;
  const ChainManagerInfo& manager = response.info.manager;
  for (const auto* proposal : {&manager.requested_proposed, &manager.requested_signed_proposal}) {
    if (*proposal && (*proposal)->content.block.chain_id != chain) return invalid;
  }
  if (manager.requested_locking && manager.requested_locking->chain_id() != chain) return invalid;
  if (signer != nullptr) {
    if (!response.signature) return invalid;
    if (!secp256k1_verify(signer->bytes, hash_of(response.info).bytes, response.signature->bytes)) {
      return invalid;
    }
  }
  return std::move(response.info);
}

}  // namespace

void Flow::ask(const ValidatorPublicKey& validator, const NodeRequest& request,
               const AskOptions& options, Outside::Answer then) {
  outside_.ask(validator, request, options,
               held([then = std::move(then)](NodeResult<NodeResponse> result) {
                 then(without_failures(std::move(result)));
               }));
}

void Flow::ask_info(const ValidatorPublicKey& validator, const NodeRequest& request,
                    const ChainId& chain, bool check_signature, const AskOptions& options,
                    InfoThen then) {
  outside_.ask(
      validator, request, options,
      held([=, then = std::move(then)](NodeResult<NodeResponse> result) {
        then(checked_info(std::move(result), chain, check_signature ? &validator : nullptr));
      }));
}

void Flow::local_handle(const NodeRequest& request, std::function<void(NodeResult<ChainInfo>)> then,
                        std::shared_ptr<const Answers> answers) {
  local([this, request, answers] { return worker().handle(now(), request, answers.get()); },
        [this, request, then = std::move(then), answers](WorkerAnswer answer) {
          if (answer.retry_at) {
            outside_.wake_at(*answer.retry_at, held([this, request, then, answers] {
              local_handle(request, then, answers);
            }));
            return;
          }
          auto result = without_failures(NodeResult<NodeResponse>(std::move(answer.response)));
          if (!result.ok()) return then(result.error());
          auto* info = std::get_if<NodeResponse::Info>(&result->kind);
          if (info == nullptr) return then(NodeError(NodeError::UnexpectedMessage{}));
          then(std::move(info->response.info));
        });
}

// "…[us:BLOCK:LOCAL]" in microseconds. linera-core/src/node.rs, parse_invalid_timestamp
std::optional<EarlyBlock> early_block(const NodeError& error) {
  const auto* text = error.as<NodeError::WorkerError>();
  if (text == nullptr) return std::nullopt;
  const std::string& message = text->error;
  const size_t start = message.rfind("[us:");
  const size_t end = message.find(']', start == std::string::npos ? 0 : start);
  if (start == std::string::npos || end == std::string::npos) return std::nullopt;
  const std::string inside = message.substr(start + 4, end - start - 4);
  const size_t colon = inside.find(':');
  if (colon == std::string::npos) return std::nullopt;
  auto block = from_decimal(std::string_view(inside).substr(0, colon));
  auto local = from_decimal(std::string_view(inside).substr(colon + 1));
  if (!block.ok() || !local.ok() || *block > UINT64_MAX || *local > UINT64_MAX) return std::nullopt;
  return EarlyBlock{{static_cast<uint64_t>(*block)}, {static_cast<uint64_t>(*local)}};
}

}  // namespace mica::client
