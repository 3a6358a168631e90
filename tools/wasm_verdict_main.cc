// Prints what core/wasm makes of each module named in standard input's lines, in the form of
// tests/oracles/wasm: FILE contract=VERDICT service=VERDICT. For tools/wasm_oracle.mjs.
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "core/wasm/rewrite.h"

namespace mica::wasm {
namespace {

Bytes file_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

uint64_t fnv1a(const Bytes& bytes) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3;
  return hash;
}

Result<Bytes, Refusal> metered(const Bytes& bytes, Role role) {
  return rewrite(MICA_TRY(read_valid_module(bytes, {role})), {});
}

void print_refusal(const Refusal& refusal) {
  const auto name = std::string(refusal_name(refusal.code));
  std::printf("%s:%u:%u:%x", name.c_str(), refusal.offset, refusal.function, refusal.detail);
}

void print_verdicts(const std::string& path) {
  const Bytes bytes = file_bytes(path);
  std::printf("%s contract=", path.c_str());
  const auto contract = metered(bytes, Role::kContract);
  if (contract.ok()) {
    std::printf("ok:%zu:%016" PRIx64, contract->size(), fnv1a(*contract));
  } else {
    print_refusal(contract.error());
  }
  std::printf(" service=");
  const auto service = metered(bytes, Role::kService);
  if (service.ok()) {
    std::printf("ok");
  } else {
    print_refusal(service.error());
  }
  std::printf("\n");
}

}  // namespace
}  // namespace mica::wasm

int main() {
  std::string path;
  while (std::getline(std::cin, path)) mica::wasm::print_verdicts(path);
}
