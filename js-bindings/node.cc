// The node module: Client, Validator and Vault for Node and the local network.
#include "core/app/client.h"
#include "core/app/validator.h"
#include "core/bcs/json.h"
#include "js-bindings/machine_binding.h"
#include "js-bindings/store_binding.h"
#include "js-bindings/vault_binding.h"

namespace mica::js {

// BCS of a ChainDescription to its id and its JSON, for the faucet; null for other bytes.
val describe_chain(val bytes) {
  auto description = decode<ChainDescription>(from_js(bytes));
  if (!description.ok()) return val::null();
  val out = val::object();
  out.set("chainId", to_js(description->id().hash.bytes));
  out.set("json", to_json_text(*description));
  return out;
}

// The ids of a genesis' root chains, in order; empty for text that is none.
val root_chain_ids(std::string genesis_json) {
  val out = val::array();
  auto genesis = from_json_text<GenesisConfig>(genesis_json);
  if (!genesis.ok()) return out;
  for (const ChainDescription& chain : genesis->chains) {
    out.call<void>("push", to_js(chain.id().hash.bytes));
  }
  return out;
}

}  // namespace mica::js

EMSCRIPTEN_BINDINGS(mica_node) {
  emscripten::function("describeChain", &mica::js::describe_chain);
  emscripten::function("rootChainIds", &mica::js::root_chain_ids);
  mica::js::bind_store();
  mica::js::bind_machine<mica::app::Client>("Client");
  mica::js::bind_machine<mica::app::Validator>("Validator");
  mica::js::bind_vault();
}
