#include "tests/core/apps/scripted_engine.h"

#include "core/apps/base_functions.h"
#include "core/apps/contract_functions.h"
#include "core/apps/service_functions.h"

namespace mica::apps {

namespace {

template <class... F>
void add_imports(const std::tuple<F...>& functions, std::vector<Import>& to) {
  auto add = [&to](const auto& f) {
    to.push_back({std::string(f.function.interface), std::string(f.function.name),
                  ExternKind::kFunction, function_type(f.function.import_signature())});
  };
  std::apply([&](const auto&... f) { (add(f), ...); }, functions);
}

}  // namespace

std::vector<Import> ScriptedEngine::all_imports(Role role) {
  std::vector<Import> out;
  add_imports(kBaseFunctions, out);
  role == Role::kContract ? add_imports(kContractFunctions, out)
                          : add_imports(kServiceFunctions, out);
  return out;
}

}  // namespace mica::apps
