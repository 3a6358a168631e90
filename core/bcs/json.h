// JSON of every declared type, both ways, in serde's forms.
//
//   std::string text = print_json(to_json(genesis));
//   Result<GenesisConfig> again = from_json<GenesisConfig>(MICA_TRY(parse_json(text)));
//
// struct = object (members nobody knows are skipped, a missing one is null), tuple = array,
// newtype = its inner value, alternative = "Name" or {"Name": value}, CHOICE = "Name", bytes =
// array of numbers, map = object. A type with to_text()/from_text() is a string, and may be a map's
// key; one with to_json_value()/from_json_value() decides for itself.
#pragma once

#include "core/bcs/json_read.h"
#include "core/bcs/room.h"

namespace mica::bcs {

// Both steps at once.
template <class T>
std::string to_json_text(const T& value) {
  return print_json(to_json(value));
}
template <class T>
Result<T> from_json_text(std::string_view text) {
  return from_json<T>(MICA_TRY(parse_json(text)));
}

}  // namespace mica::bcs
