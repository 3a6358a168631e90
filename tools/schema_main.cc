// mica_schema yaml | json | vectors | text | commands: what tools/gen_ts.mjs and the tests compare
// with. vectors: a line "Type hex" per sample of every type. text: lines "kind hex text" of text
// forms, and "kind - text" of texts that are refused. commands: lines "Command Result".
#include <cstdio>

#include "core/bcs/schema.h"
#include "tools/registry.h"
#include "tools/sample.h"

namespace mica::tools {
namespace {

constexpr uint64_t kSamples = 4;

struct Vectors {
  std::set<std::string_view> seen;
  std::map<std::string, std::string> lines;  // by type

  template <class T>
  bool enter() {
    std::string name(type_name<T>());
    if (!seen.insert(type_name<T>()).second) return false;
    for (uint64_t seed = 0; seed < kSamples; ++seed) {
      lines[name] += name + " " + to_hex(encode(sample<T>(seed))) + "\n";
    }
    return true;
  }
};

template <class T>
void print_text(std::string& out, std::string_view kind, std::initializer_list<std::string> texts) {
  for (const std::string& text : texts) {
    auto value = T::from_text(text);
    out += std::string(kind) + " " + (value.ok() ? to_hex(encode(*value)) : "-") + " ";
    out += (value.ok() && value->to_text() != text ? text + " = " + value->to_text() : text) + "\n";
  }
}

std::string texts() {
  std::string out;
  print_text<Amount>(out, "amount",
                     {"0.",
                      "0",
                      "1",
                      "1.",
                      "1.5",
                      "0.000000000000000001",
                      "+7.25",
                      " 12.5 ",
                      "1_000.5",
                      ".5",
                      "340282366920938463463.374607431768211455",
                      "340282366920938463463.374607431768211456",
                      "0.0000000000000000001",
                      "1.2.3",
                      "",
                      ".",
                      "-1",
                      "1e3",
                      "1,5",
                      "99999999999999999999999999999999999999999999"});
  std::string chain(64, 'a');
  print_text<ChainId>(
      out, "chain",
      {chain, std::string(64, 'F'), std::string(63, '0'), "0x" + chain, std::string(64, 'g'), ""});
  print_text<AccountOwner>(out, "owner",
                           {"0x00", "0x07", "0x" + std::string(40, '3'), "0x" + chain, "00", "0x",
                            "0x000", "0x" + std::string(41, '3'), "0X00", "0xzz", ""});
  for (uint64_t seed = 0; seed < 16; ++seed) {
    print_text<Amount>(out, "amount", {sample<Amount>(seed).to_text()});
    print_text<AccountOwner>(out, "owner", {sample<AccountOwner>(seed).to_text()});
    print_text<ChainId>(out, "chain", {sample<ChainId>(seed).to_text()});
  }
  return out;
}

// Lines "Command Result": how each command of the Client ends well.
template <class... Commands>
std::string command_results(const std::variant<Commands...>*) {
  std::string out;
  auto add = [&]<class Command>(std::type_identity<Command>) {
    using Result = typename Command::Result;
    out += std::string(type_name<Command>()) + " " + std::string(type_name<Result>()) + "\n";
  };
  (add(std::type_identity<Commands>{}), ...);
  return out;
}

std::string answer(std::string_view what) {
  using Commands = decltype(ClientCommand::kind);
  if (what == "commands") return command_results(static_cast<const Commands*>(nullptr));
  if (what == "text") return texts();
  if (what == "vectors") {
    Vectors vectors;
    walk_registered_types(vectors);
    std::string out;
    for (const auto& [name, lines] : vectors.lines) out += lines;
    return out;
  }
  Schema schema;
  walk_registered_types(schema);
  return what == "json" ? schema.json() + "\n" : schema.yaml();
}

}  // namespace
}  // namespace mica::tools

int main(int argc, char** argv) {
  std::string out = mica::tools::answer(argc > 1 ? argv[1] : "yaml");
  std::fputs(out.c_str(), stdout);
  return 0;
}
