// Upstream's counter contract, run as its own test does: linera-execution/tests/wasm.rs. Its
// compiled module is not committed: copied to build/wasm-modules it is run, else left out.
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/core/wasm/tested_engine.h"

namespace mica::wasm {
namespace {

using enum ValueType;
const FunctionType kRealloc{{kI32, kI32, kI32, kI32}, {kI32}};

// As much of the host as a counter asks for, with one store over all instances.
class CounterHost : public Host {
 public:
  std::map<Bytes, Bytes> store;

  using Answer = std::optional<uint64_t>;

  Answer call(Instance& guest, uint32_t import, std::span<const uint64_t> cells) override {
    const std::string& name = guest.program().interface().imports[import].name;
    const auto at = [&](size_t i) { return static_cast<uint32_t>(cells[i]); };
    if (name == "log") return 0;
    if (name == "application-parameters") return answer_bytes(guest, at(0), as_bytes("null"));
    if (name == "read-multi-values-bytes-new") {
      asked_ = list(guest, at(0), at(1));
      return 0;
    }
    if (name == "read-multi-values-bytes-wait") return answer_values(guest, at(1));
    if (name == "write-batch") return write(guest, at(0), at(1));
    return std::nullopt;
  }

  static uint32_t word(Instance& guest, uint32_t at) {
    ByteArray<4> bytes;
    EXPECT_TRUE(guest.read(at, bytes));
    uint32_t value;
    std::memcpy(&value, bytes.data(), 4);
    return value;
  }
  static Bytes bytes_at(Instance& guest, uint32_t place) {
    Bytes out(word(guest, place + 4));
    EXPECT_TRUE(guest.read(word(guest, place), out));
    return out;
  }
  static void put_word(Instance& guest, uint32_t at, uint32_t value) {
    EXPECT_TRUE(guest.write(at, ByteSpan(reinterpret_cast<const uint8_t*>(&value), 4)));
  }
  static uint32_t allocate(Instance& guest, uint32_t align, size_t size) {
    const uint64_t arguments[] = {0, 0, align, size};
    const auto at = guest.call("cabi_realloc", kRealloc, arguments);
    EXPECT_TRUE(at.ok());
    return at.ok() ? static_cast<uint32_t>(*at) : 0;
  }
  static Answer answer_bytes(Instance& guest, uint32_t place, ByteSpan bytes) {
    const uint32_t at = allocate(guest, 1, bytes.size());
    EXPECT_TRUE(guest.write(at, bytes));
    put_word(guest, place, at);
    put_word(guest, place + 4, static_cast<uint32_t>(bytes.size()));
    return 0;
  }

 private:
  static std::vector<Bytes> list(Instance& guest, uint32_t at, uint32_t count) {
    std::vector<Bytes> out;
    for (uint32_t i = 0; i < count; ++i) out.push_back(bytes_at(guest, at + 8 * i));
    return out;
  }
  Answer answer_values(Instance& guest, uint32_t place) {
    const uint32_t at = allocate(guest, 4, 12 * asked_.size());
    for (uint32_t i = 0; i < asked_.size(); ++i) {
      const auto found = store.find(asked_[i]);
      put_word(guest, at + 12 * i, found != store.end());
      if (found != store.end()) answer_bytes(guest, at + 12 * i + 4, found->second);
    }
    put_word(guest, place, at);
    put_word(guest, place + 4, static_cast<uint32_t>(asked_.size()));
    return 0;
  }
  Answer write(Instance& guest, uint32_t at, uint32_t count) {
    for (uint32_t i = 0; i < count; ++i) {
      if (word(guest, at + 20 * i) != 2) return std::nullopt;
      store[bytes_at(guest, at + 20 * i + 4)] = bytes_at(guest, at + 20 * i + 12);
    }
    return 0;
  }

  std::vector<Bytes> asked_;
};

Bytes module_bytes(const std::string& name) {
  std::ifstream in("build/wasm-modules/" + name, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

// One transaction: a fresh instance, the operation, and the end of it.
uint64_t increment(Engine& engine, const std::shared_ptr<const Program>& program, Host& host,
                   Fuel& fuel, uint64_t by) {
  const std::string prefix = "linera:app/contract-entrypoints#";
  auto guest = engine.instantiate(program, host, fuel).value();
  const uint32_t at = CounterHost::allocate(*guest, 1, 8);
  EXPECT_TRUE(guest->write(at, ByteSpan(reinterpret_cast<const uint8_t*>(&by), 8)));
  const uint64_t argument[] = {at, 8};
  const auto result = guest->call(prefix + "execute-operation", {{kI32, kI32}, {kI32}}, argument);
  EXPECT_TRUE(result.ok()) << stop_name(result.error());
  const Bytes value = CounterHost::bytes_at(*guest, static_cast<uint32_t>(*result));
  EXPECT_TRUE(guest->call(prefix + "finalize", {}, {}).ok());
  uint64_t number = 0;
  std::memcpy(&number, value.data(), 8);
  return number;
}

TEST(Counter, UsesTheFuelThatUpstreamCounts) {
  const Bytes module = module_bytes("counter_contract.wasm");
  if (module.empty()) GTEST_SKIP() << "no build/wasm-modules/counter_contract.wasm";
  TestedEngine engine;
  const auto program = engine.compile(module, Role::kContract).value();
  CounterHost host;
  Fuel fuel{0, 100'000'000};
  uint64_t value = 0;
  uint64_t expected = 0;
  for (const uint64_t by : {2, 9, 7, 1000}) {
    value = increment(engine, program, host, fuel, by);
    EXPECT_EQ(value, expected += by);
  }
  EXPECT_EQ(fuel.used, 71'229u);
}

}  // namespace
}  // namespace mica::wasm
