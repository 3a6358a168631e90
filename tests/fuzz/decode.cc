// For every registered type and both wire forms: bytes give an Error, or a value whose encoding is
// exactly those bytes; and neither takes more memory than limits.h allows. The first two bytes
// choose form and type; MICA_FUZZ_TYPE (an environment variable) names the only one to try.
#include <cstdio>
#include <cstdlib>

#include "core/bcs/json.h"
#include "core/bcs/walk.h"
#include "tests/fuzz/memory.h"
#include "tests/fuzz/room.h"
#include "tools/registry.h"

namespace mica::fuzz {
namespace {

using Check = void (*)(ByteSpan bytes, Wire wire);

template <class T>
void check(ByteSpan bytes, Wire wire) {
  std::optional<Result<T>> value;
  within_budget(bytes, [&] { value.emplace(decode<T>(bytes, wire)); });
  if (!value->ok()) {
    MICA_CHECK(!value->error().message().empty());
    return;
  }
  Bytes again = encode(value->value(), wire);
  MICA_CHECK(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
}

struct Checks {
  const char* only = std::getenv("MICA_FUZZ_TYPE");
  std::set<std::string_view> seen;
  std::vector<Check> all;

  template <class T>
  bool enter() {
    if (!seen.insert(type_name<T>()).second) return false;
    if (!only || type_name<T>() == only) all.push_back(check<T>);
    return true;
  }
};

const std::vector<Check>& checks() {
  static const std::vector<Check> all = [] {
    Checks found;
    mica::tools::walk_registered_types(found);
    if (found.all.empty()) {
      std::fprintf(stderr, "MICA_FUZZ_TYPE: no such type\n");
      std::exit(2);
    }
    return found.all;
  }();
  return all;
}

}  // namespace
}  // namespace mica::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace mica::fuzz;
  if (size < 2) return 0;
  size_t which = (data[0] | data[1] << 8) >> 1;
  Wire wire = data[0] & 1 ? Wire::kBincode : Wire::kBcs;
  checks()[which % checks().size()]({data + 2, size - 2}, wire);
  return 0;
}
