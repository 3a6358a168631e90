#include "core/app/genesis.h"

#include "core/bcs/json.h"

namespace mica::app {

Result<GenesisConfig> make_genesis(const GenesisSpec& spec) {
  GenesisConfig genesis;
  genesis.timestamp = spec.timestamp;
  genesis.network_name = spec.network_name;
  genesis.committee.policy = spec.prices == PricePreset::Testnet ? ResourceControlPolicy::testnet()
                                                                 : ResourceControlPolicy::no_fees();
  genesis.committee.policy.http_request_allow_list = spec.flags;
  for (const auto& [key, state] : spec.validators) {
    if (!genesis.committee.validators.emplace(key, state).second) {
      return Error{ErrorCode::kRefused, "genesis: a validator twice"};
    }
  }
  for (size_t i = 0; i < spec.chains.size(); ++i) {
    InitialChainConfig config;
    config.ownership = ChainOwnership::single(spec.chains[i].owner);
    config.balance = spec.chains[i].balance;
    genesis.chains.push_back(
        {{ChainOrigin::Root{static_cast<uint32_t>(i)}}, spec.timestamp, std::move(config)});
  }
  MICA_TRY(describe(genesis));
  return genesis;
}

Result<GenesisConfig> parse_genesis(std::string_view json) {
  GenesisConfig genesis = MICA_TRY(from_json_text<GenesisConfig>(json));
  MICA_TRY(describe(genesis));
  return genesis;
}

}  // namespace mica::app
