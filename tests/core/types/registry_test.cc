// The committed listing of wire types is what the field lists say. `npm run registry -- FILE`
// compares the listing with upstream's.
#include <gtest/gtest.h>

#include <cstdio>

#include "core/bcs/schema.h"
#include "core/types/rpc_message.h"
#include "tools/sample.h"

namespace mica::types {
namespace {

std::string read_file(const char* path) {
  std::string out;
  if (FILE* file = std::fopen(path, "rb")) {
    char part[4096];
    for (size_t size; (size = std::fread(part, 1, sizeof(part), file)) > 0;) out.append(part, size);
    std::fclose(file);
  }
  return out;
}

// Type name to declaration.
std::map<std::string, std::string> blocks(const std::string& yaml) {
  std::map<std::string, std::string> out;
  std::string name;
  for (size_t at = 0; at < yaml.size();) {
    size_t end = yaml.find('\n', at) + 1;
    if (yaml[at] != ' ') name = yaml.substr(at, yaml.find(':', at) - at);
    out[name] += yaml.substr(at, end - at);
    at = end;
  }
  return out;
}

TEST(Registry, ListingIsUpToDate) {
  auto committed = blocks(read_file("tests/vectors/schema.yaml"));
  Schema schema;
  walk_wire_types(schema);
  auto ours = blocks(schema.yaml());
  EXPECT_GE(ours.size(), 91u);
  for (const auto& [name, block] : ours) {
    EXPECT_EQ(committed[name], block) << "run node tools/gen_ts.mjs";
  }
}

// Every wire type: samples come back from BCS, bincode and JSON.
struct RoundTrips {
  std::set<std::string_view> seen;

  template <class T>
  bool enter() {
    if (!seen.insert(type_name<T>()).second) return false;
    for (uint64_t seed = 0; seed < 20; ++seed) {
      T value = tools::sample<T>(seed);
      for (Wire wire : {Wire::kBcs, Wire::kBincode}) {
        auto again = decode<T>(encode(value, wire), wire);
        EXPECT_TRUE(again.ok() && *again == value) << type_name<T>() << " " << seed;
      }
      auto again = from_json<T>(to_json(value));
      EXPECT_TRUE(again.ok()) << type_name<T>() << " " << again.error().message() << "\n"
                              << to_json_text(value);
      EXPECT_TRUE(again.ok() && *again == value) << type_name<T>();
    }
    return true;
  }
};

TEST(Registry, EveryTypeComesBack) {
  RoundTrips trips;
  walk_wire_types(trips);
  EXPECT_GE(trips.seen.size(), 91u);
}

TEST(Registry, TextForms) {
  StreamId stream{{}, {Bytes{0xab}}};
  EXPECT_EQ(stream.to_text(), "System:ab");
  EXPECT_EQ(StreamId::from_text("System:ab").value(), stream);
  std::string user = "User:" + std::string(64, 'c') + ":";
  EXPECT_EQ(StreamId::from_text(user).value().to_text(), user);
  for (const char* text : {"", "System", "system:00", "User:00:00", "System:0"}) {
    EXPECT_FALSE(StreamId::from_text(text).ok()) << text;
  }
  ModuleId module{{}, {}, VmRuntime::Evm};
  EXPECT_EQ(module.to_text(), std::string(128, '0') + "01");
  EXPECT_EQ(ModuleId::from_text(module.to_text()).value(), module);
  EXPECT_FALSE(ModuleId::from_text(std::string(128, '0') + "02").ok());
}

}  // namespace
}  // namespace mica::types
