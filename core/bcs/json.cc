#include "core/bcs/json.h"

#include <nlohmann/json.hpp>

namespace mica::bcs {

namespace {

// Builds the value from nlohmann's events; false stops the parse.
class Builder {
 public:
  explicit Builder(size_t text_bytes) : budget_(text_bytes) {}
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  bool null() { return put(JsonValue()); }
  bool boolean(bool value) { return put(JsonValue(value)); }
  bool number_unsigned(number_unsigned_t value) { return put(JsonValue(value)); }
  bool number_integer(number_integer_t) { return refuse(ErrorCode::kOverflow, "negative number"); }
  bool number_float(number_float_t, const string_t& text) {
    return refuse(ErrorCode::kOverflow, "number " + text.substr(0, 40));
  }
  bool string(string_t& value) { return pay(value.size(), 1) && put(JsonValue(std::move(value))); }
  bool binary(binary_t&) { return refuse(ErrorCode::kBadText, "binary"); }
  bool start_object(size_t) { return open(JsonValue(JsonValue::Object{})); }
  bool start_array(size_t) { return open(JsonValue(JsonValue::Array{})); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(string_t& name) {
    const size_t node = sizeof(std::string) + MemoryBudget::kNodeBytes;
    if (!pay(1, kGrowth * sizeof(std::string) + node) || !pay(2, name.size())) return false;
    if (!open_.back().names.insert(name).second) {
      return refuse(ErrorCode::kNonCanonical, "member twice: " + name);
    }
    open_.back().name = std::move(name);
    return true;
  }
  template <class Exception>
  bool parse_error(size_t position, const std::string&, const Exception&) {
    return refuse(ErrorCode::kBadText, "JSON at byte " + to_decimal(position));
  }

  Result<JsonValue> take() {
    if (error_) return *error_;
    return std::move(result_);
  }

 private:
  struct Open {
    JsonValue value;
    std::string name;  // of the member whose value comes next
    std::set<std::string> names;
  };

  // Arrays grow by doubling: beside the items there is room for as many.
  static constexpr size_t kGrowth = 2;

  bool pay(size_t count, size_t bytes_each) {
    return budget_.take(count, bytes_each) || refuse(ErrorCode::kTooLong, "JSON memory");
  }
  bool refuse(ErrorCode code, std::string where) {
    if (!error_) error_ = Error{code, std::move(where)};
    return false;
  }
  bool open(JsonValue container) {
    if (open_.size() == limits::kMaxJsonDepth) return refuse(ErrorCode::kTooLong, "JSON depth");
    open_.push_back({std::move(container), {}, {}});
    return true;
  }
  bool close() {
    JsonValue done = std::move(open_.back().value);
    open_.pop_back();
    return put(std::move(done));
  }
  bool put(JsonValue value) {
    if (!pay(kGrowth, sizeof(JsonValue))) return false;
    if (open_.empty()) {
      result_ = std::move(value);
    } else if (open_.back().value.object()) {
      open_.back().value.add(std::move(open_.back().name), std::move(value));
    } else {
      open_.back().value.push(std::move(value));
    }
    return true;
  }

  MemoryBudget budget_;
  std::vector<Open> open_;
  JsonValue result_;
  std::optional<Error> error_;
};

void print_text(std::string& out, std::string_view text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out += '"';
  for (char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<uint8_t>(c) >= 0x20) {
          out += c;
        } else {
          out += "\\u00";
          out += kDigits[c >> 4];
          out += kDigits[c & 15];
        }
    }
  }
  out += '"';
}

void print(std::string& out, const JsonValue& value) {
  if (const bool* boolean = value.boolean()) {
    out += *boolean ? "true" : "false";
  } else if (const u128* integer = value.integer()) {
    out += to_decimal(*integer);
  } else if (const std::string* text = value.text()) {
    print_text(out, *text);
  } else if (const JsonValue::Array* array = value.array()) {
    out += '[';
    for (const JsonValue& item : *array) {
      print(out, item);
      out += ',';
    }
    if (!array->empty()) out.pop_back();
    out += ']';
  } else if (const JsonValue::Object* object = value.object()) {
    out += '{';
    for (const JsonValue::Member& member : *object) {
      print_text(out, member.name);
      out += ':';
      print(out, member.value);
      out += ',';
    }
    if (!object->empty()) out.pop_back();
    out += '}';
  } else {
    out += "null";
  }
}

}  // namespace

JsonValue::JsonValue() = default;
JsonValue::JsonValue(const JsonValue&) = default;
JsonValue::JsonValue(JsonValue&&) noexcept = default;
JsonValue& JsonValue::operator=(const JsonValue&) = default;
JsonValue& JsonValue::operator=(JsonValue&&) noexcept = default;
JsonValue::~JsonValue() = default;
JsonValue::JsonValue(std::string text) : value_(std::move(text)) {}
JsonValue::JsonValue(Array items) : value_(std::move(items)) {}
JsonValue::JsonValue(Object members) : value_(std::move(members)) {}

const JsonValue* JsonValue::find(std::string_view name) const {
  if (!object()) return nullptr;
  for (const Member& member : *object()) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

void JsonValue::add(std::string name, JsonValue value) {
  if (is_null()) value_ = Object{};
  MICA_CHECK(object());
  std::get_if<Object>(&value_)->push_back({std::move(name), std::move(value)});
}

void JsonValue::push(JsonValue item) {
  if (is_null()) value_ = Array{};
  MICA_CHECK(array());
  std::get_if<Array>(&value_)->push_back(std::move(item));
}

bool operator==(const JsonValue& a, const JsonValue& b) { return a.value_ == b.value_; }

Result<JsonValue> parse_json(std::string_view text) {
  Builder builder(text.size());
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return builder.take();
}

std::string print_json(const JsonValue& value) {
  std::string out;
  print(out, value);
  return out;
}

namespace detail {

Error json_error(ErrorCode code, std::string_view where) { return {code, std::string(where)}; }

Error json_within(std::string_view name, Error error) {
  std::string where(name);
  if (!where.empty() && !error.where.empty()) where += '.';
  return {error.code, where + error.where};
}

}  // namespace detail
}  // namespace mica::bcs
