// A new network's genesis from its specification. linera-core/src/genesis_config.rs
#pragma once

#include "core/app/room.h"
#include "core/app/validator_io.h"

namespace mica::app {

// Root chains are single-owner chains with the spec's balances, all in epoch 0.
Result<GenesisConfig> make_genesis(const GenesisSpec& spec);
Result<GenesisConfig> parse_genesis(std::string_view json);

}  // namespace mica::app
