#include "core/bcs/schema.h"

namespace mica::bcs {

namespace {

void print_scalar(std::string& out, const JsonValue& value) {
  if (value.text()) out += *value.text();
  if (value.integer()) out += to_decimal(*value.integer());
  out += '\n';
}

void print_yaml(std::string& out, const JsonValue& value, size_t indent);

// What stands behind "key:".
void print_content(std::string& out, const JsonValue& value, size_t indent) {
  bool empty =
      (value.array() && value.array()->empty()) || (value.object() && value.object()->empty());
  if (empty) {
    out += value.array() ? " []\n" : " {}\n";
  } else if (value.array() || value.object()) {
    out += '\n';
    print_yaml(out, value, indent);
  } else {
    out += ' ';
    print_scalar(out, value);
  }
}

void print_yaml(std::string& out, const JsonValue& value, size_t indent) {
  if (const JsonValue::Object* object = value.object()) {
    for (const JsonValue::Member& member : *object) {
      out.append(indent, ' ');
      out += member.name;
      out += ':';
      print_content(out, member.value, indent + 2);
    }
  } else if (const JsonValue::Array* array = value.array()) {
    for (const JsonValue& item : *array) {
      std::string inner;
      if (item.object()) {
        print_yaml(inner, item, indent + 2);
        inner.erase(0, indent + 2);
      } else {
        print_scalar(inner, item);
      }
      out.append(indent, ' ');
      out += "- " + inner;
    }
  }
}

}  // namespace

bool Schema::put(std::string_view name, JsonValue declaration) {
  auto [place, fresh] = types_.try_emplace(std::string(name), declaration);
  if (!fresh) MICA_CHECK(place->second == declaration);
  return fresh;
}

std::string Schema::json() const {
  JsonValue out{JsonValue::Object{}};
  for (const auto& [name, declaration] : types_) out.add(name, declaration);
  return print_json(out);
}

std::string Schema::yaml() const {
  JsonValue all{JsonValue::Object{}};
  for (const auto& [name, declaration] : types_) all.add(name, declaration);
  std::string out;
  print_yaml(out, all, 0);
  return out;
}

}  // namespace mica::bcs
