// For any bytes and either role: a Refusal, or a module whose metered form is valid and is taken by
// the interpreter's library; within the memory that limits.h allows for its size. The first byte
// chooses the role.
#include "core/wasm/interpreter.h"
#include "core/wasm/prepare.h"
#include "tests/fuzz/memory.h"

namespace mica::fuzz {

using namespace wasm;

namespace {

void check_memory(size_t bytes, size_t peak) {
  const size_t allowed = limits::kModuleBaseBytes + bytes * limits::kModuleBytesPerByte;
  if (peak > allowed) std::fprintf(stderr, "%zu bytes took %zu\n", bytes, peak);
  MICA_CHECK(peak <= allowed);
}

void try_module(ByteSpan bytes, Role role) {
  std::optional<Result<Bytes, Refusal>> metered;
  const size_t peak = HeapWatch::one().peak_of([&] {
    auto module = read_valid_module(bytes, {role});
    metered.emplace(module.ok() ? rewrite(std::move(*module), {})
                                : Result<Bytes, Refusal>(module.error()));
  });
  check_memory(bytes.size(), peak);
  if (!metered->ok()) {
    MICA_CHECK(refusal_name(metered->error().code) != "?");
    MICA_CHECK(!Interpreter().compile(bytes, role).ok());
    return;
  }
  MICA_CHECK(read_valid_module(**metered, {role}).ok());
  const auto program = Interpreter().compile(bytes, role);
  // Only what asks for more memory than is given here at its start, or shares it with threads.
  MICA_CHECK(program.ok() || program.error().code == RefusalCode::kTooMuch);
}

}  // namespace
}  // namespace mica::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace mica::fuzz;
  if (size == 0) return 0;
  const Role role = data[0] & 1 ? Role::kService : Role::kContract;
  try_module({data + 1, size - 1}, role);
  return 0;
}
