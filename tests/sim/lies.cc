#include "tests/sim/lies.h"

#include "core/crypto/secp256k1.h"
#include "core/rpc/node_rpc.h"

namespace mica::sim {
namespace {

constexpr size_t kInvented = 2'000;  // entries, before the true ones
constexpr Epoch kNobodysEpoch = {77};

ChainId nobody(uint64_t name) {
  ChainId id;
  id.hash.bytes.fill(0xee);
  for (size_t i = 0; i < 8; ++i) id.hash.bytes[i] = static_cast<uint8_t>(name >> (8 * i));
  return id;
}

bool is_nobodys(const ChainId& id) { return id.hash.bytes.back() == 0xee; }

bool lengthen_log(const SecretKey& key, const NodeRequest& request, NodeResponse& response) {
  const auto* query = std::get_if<NodeRequest::HandleChainInfoQuery>(&request.kind);
  auto* info = std::get_if<NodeResponse::Info>(&response.kind);
  if (!query || !query->query.request_received_log_excluding_first_n || !info) return false;
  auto& log = info->response.info.requested_received_log;
  std::vector<ChainAndHeight> longer;
  for (uint64_t i = 0; i < kInvented; ++i) longer.push_back({nobody(i), {i}});
  longer.insert(longer.end(), log.begin(), log.end());
  log = std::move(longer);
  info->response.signature =
      ValidatorSignature{secp256k1_sign(key, hash_of(info->response.info).bytes)};
  return true;
}

bool rename_epochs(NodeResponse& response) {
  auto* found = std::get_if<NodeResponse::Certificates>(&response.kind);
  if (!found || found->certificates.empty()) return false;
  for (ConfirmedBlockCertificate& certificate : found->certificates) {
    BlockHeader& header = certificate.value.header;
    header.epoch = kNobodysEpoch;
    certificate.signatures.clear();
    if (header.height.height == 0) continue;
    for (const ChainId& recipient : certificate.value.recipients()) {
      certificate.value.body.previous_message_blocks[recipient] = {CryptoHash{},
                                                                   {header.height.height - 1}};
    }
  }
  return true;
}

}  // namespace

bool tell_lie(Behaviour is, size_t validator, const std::string& method, ByteSpan question,
              Bytes& body) {
  if (is != Behaviour::kLengthensLogs && is != Behaviour::kNamesUnknownEpochs) return false;
  auto request = decode_request(method, question);
  if (!request.ok()) return false;
  auto response = decode_response(*request, 200, std::nullopt, "", body);
  if (!response.ok()) return false;
  const bool lied = is == Behaviour::kLengthensLogs
                        ? lengthen_log(sim_secret(static_cast<uint8_t>(validator + 1)), *request,
                                       response.value())
                        : rename_epochs(response.value());
  if (lied) body = encode_response(*request, *response).body;
  return lied;
}

bool keeps_silent(Behaviour is, const std::string& method, ByteSpan question) {
  if (is != Behaviour::kLengthensLogs || method != "DownloadRawCertificatesByHeights") return false;
  auto request = decode_request(method, question);
  if (!request.ok()) return false;
  return is_nobodys(
      std::get<NodeRequest::DownloadRawCertificatesByHeights>(request->kind).chain_id);
}

}  // namespace mica::sim
