#include <algorithm>

#include "core/wasm/instruction.h"
#include "core/wasm/module.h"

namespace mica::wasm {
namespace {

using enum Section;

// The place of a section in a module; 0 of custom ones, which may stand anywhere.
int order_of(Section id) {
  const int number = static_cast<int>(id);
  if (id == kDataCount) return static_cast<int>(kCode);
  return id >= kCode ? number + 1 : number;
}

class Reader {
 public:
  explicit Reader(ByteSpan bytes) : all_(bytes) {}

  Result<Module, Refusal> read() {
    read_header();
    while (all_.ok() && !all_.at_end()) read_section();
    if (all_.ok() && module_.bodies.size() != module_.functions.size() - imported()) {
      all_.fail(RefusalCode::kBadCount, static_cast<uint32_t>(module_.bodies.size()));
    }
    if (!all_.ok()) return all_.failure();
    return std::move(module_);
  }

 private:
  uint32_t imported() const { return module_.imported_functions; }

  void read_header() {
    static constexpr uint8_t kHeader[] = {0, 'a', 's', 'm', 1, 0, 0, 0};
    const ByteSpan header = all_.take(sizeof kHeader);
    if (!all_.ok() || !std::equal(header.begin(), header.end(), kHeader)) {
      all_ = Cursor({});
      all_.fail(RefusalCode::kBadMagic);
    }
  }

  void read_section() {
    const uint32_t start = all_.offset();
    const uint8_t id = all_.byte();
    if (id > static_cast<uint8_t>(kDataCount)) {
      return void(all_.fail_at(start, RefusalCode::kBadSection, id));
    }
    const int order = order_of(Section(id));
    if (order != 0 && order <= last_order_) {
      return void(all_.fail_at(start, RefusalCode::kBadSection, id));
    }
    last_order_ = std::max(last_order_, order);
    const uint32_t size = all_.u32();
    const uint32_t content = all_.offset();
    Cursor in(all_.take(size), content);
    if (!all_.ok()) return;
    read_content(Section(id), in);
    if (in.ok() && !in.at_end()) in.fail(RefusalCode::kTrailingBytes, id);
    if (!in.ok()) all_ = in;
  }

  void read_content(Section id, Cursor& in) {
    switch (id) {
      case kCustom: {
        const std::string_view name = in.name();
        module_.customs.push_back({name, in.take(in.left())});
        return;
      }
      case kTypes:
        return list(in, [&] { read_type(in); });
      case kImports:
        return list(in, [&] { read_import(in); });
      case kFunctions:
        return list(in, [&] { module_.functions.push_back(in.u32()); });
      case kTables:
        return list(in, [&] { module_.tables.push_back(read_table_type(in)); });
      case kMemories:
        return list(in, [&] { module_.memories.push_back(read_limits(in)); });
      case kGlobals:
        return list(in, [&] {
          const GlobalType type = read_global_type(in);
          module_.globals.push_back({type, read_expression(in)});
        });
      case kExports:
        return list(in, [&] { read_export(in); });
      case kStart:
        module_.start = in.u32();
        return;
      case kElements:
        return list(in, [&] { read_elements(in); });
      case kCode:
        return list(in, [&] { read_body(in); });
      case kData:
        return list(in, [&] { read_data(in); });
      case kDataCount:
        module_.data_count = in.u32();
        return;
    }
  }

  // A count and so many elements. Nothing is reserved ahead.
  template <class F>
  static void list(Cursor& in, F read_one) {
    const uint32_t count = in.u32();
    for (uint32_t i = 0; i < count && in.ok(); ++i) read_one();
  }

  static uint8_t read_value_type(Cursor& in) {
    const uint32_t at = in.offset();
    const uint8_t type = in.byte();
    const bool known = (type >= 0x7b && type <= 0x7f) || type == 0x70 || type == 0x6f;
    if (!known) in.fail_at(at, RefusalCode::kBadValue, type);
    return type;
  }
  static ByteSpan read_value_types(Cursor& in) {
    const uint32_t count = in.u32();
    Cursor ahead = in;
    for (uint32_t i = 0; i < count && ahead.ok(); ++i) read_value_type(ahead);
    if (!ahead.ok()) in = ahead;
    return in.take(count);
  }
  void read_type(Cursor& in) {
    const uint32_t at = in.offset();
    const uint8_t form = in.byte();
    if (form != 0x60) return void(in.fail_at(at, RefusalCode::kBadValue, form));
    const ByteSpan params = read_value_types(in);
    module_.types.push_back({params, read_value_types(in)});
  }

  static Limits read_limits(Cursor& in) {
    const uint32_t at = in.offset();
    const uint8_t flags = in.byte();
    if (flags >= 4 && flags < 8) {
      in.fail_at(at, RefusalCode::kFeature, static_cast<uint32_t>(Feature::kMemory64));
    }
    if (flags >= 4) in.fail_at(at, RefusalCode::kBadValue, flags);
    Limits limits;
    limits.shared = flags & 2;
    limits.min = in.u32();
    if (flags & 1) limits.max = in.u32();
    return limits;
  }
  static TableType read_table_type(Cursor& in) {
    const uint8_t type = read_reference_type(in);
    return {ValueType(type), read_limits(in)};
  }
  static uint8_t read_reference_type(Cursor& in) {
    const uint32_t at = in.offset();
    const uint8_t type = in.byte();
    if (type != 0x70 && type != 0x6f) in.fail_at(at, RefusalCode::kBadValue, type);
    return type;
  }
  static GlobalType read_global_type(Cursor& in) {
    const uint8_t type = read_value_type(in);
    const uint32_t at = in.offset();
    const uint8_t is_mutable = in.byte();
    if (is_mutable > 1) in.fail_at(at, RefusalCode::kBadValue, is_mutable);
    return {ValueType(type), is_mutable == 1};
  }
  static Expression read_expression(Cursor& in) {
    Cursor ahead = in;
    Instruction one;
    while (read_instruction(ahead, one) && one.opcode->code != op::kEnd) {
    }
    if (!ahead.ok()) {
      in = ahead;
      return {};
    }
    const uint32_t offset = in.offset();
    return {in.take(ahead.offset() - offset), offset};
  }

  void read_import(Cursor& in) {
    ImportEntry entry;
    entry.module = in.name();
    entry.name = in.name();
    const uint32_t at = in.offset();
    const uint8_t kind = in.byte();
    if (kind > 3) return void(in.fail_at(at, RefusalCode::kBadValue, kind));
    entry.kind = ExternKind(kind);
    switch (entry.kind) {
      case ExternKind::kFunction:
        entry.index = in.u32();
        module_.functions.push_back(entry.index);
        ++module_.imported_functions;
        break;
      case ExternKind::kTable:
        entry.index = module_.imported_tables++;
        module_.tables.push_back(read_table_type(in));
        break;
      case ExternKind::kMemory:
        entry.index = module_.imported_memories++;
        module_.memories.push_back(read_limits(in));
        break;
      case ExternKind::kGlobal:
        entry.index = module_.imported_globals++;
        module_.globals.push_back({read_global_type(in), {}});
        break;
    }
    module_.imports.push_back(entry);
  }

  void read_export(Cursor& in) {
    const std::string_view name = in.name();
    const uint32_t at = in.offset();
    const uint8_t kind = in.byte();
    if (kind > 3) return void(in.fail_at(at, RefusalCode::kBadValue, kind));
    module_.exports.push_back({name, ExternKind(kind), in.u32()});
  }

  void read_elements(Cursor& in) {
    ElementSegment segment;
    const uint32_t at = in.offset();
    segment.flags = in.u32();
    if (segment.flags > 7) return void(in.fail_at(at, RefusalCode::kBadValue, segment.flags));
    const bool expressions = segment.flags & 4;
    if (segment.active()) {
      if (segment.flags & 2) segment.table = in.u32();
      segment.start = read_expression(in);
    }
    if (segment.flags & 3) {
      const uint32_t kind_at = in.offset();
      if (expressions) {
        segment.type = ValueType(read_reference_type(in));
      } else if (in.byte() != 0) {
        in.fail_at(kind_at, RefusalCode::kBadValue);
      }
    }
    segment.count = in.u32();
    Cursor ahead = in;
    for (uint32_t i = 0; i < segment.count && ahead.ok(); ++i) {
      if (expressions) {
        read_expression(ahead);
      } else {
        ahead.u32();
      }
    }
    if (!ahead.ok()) return void(in = ahead);
    const uint32_t offset = in.offset();
    segment.items = {in.take(ahead.offset() - offset), offset};
    module_.elements.push_back(segment);
  }

  void read_body(Cursor& in) {
    const uint32_t size = in.u32();
    const uint32_t offset = in.offset();
    module_.bodies.push_back({in.take(size), offset});
  }

  void read_data(Cursor& in) {
    DataSegment segment;
    const uint32_t at = in.offset();
    segment.flags = in.u32();
    if (segment.flags > 2) return void(in.fail_at(at, RefusalCode::kBadValue, segment.flags));
    if (segment.flags == 2) segment.memory = in.u32();
    if (segment.flags != 1) segment.start = read_expression(in);
    segment.bytes = in.take(in.u32());
    module_.data.push_back(segment);
  }

  Cursor all_;
  int last_order_ = 0;
  Module module_;
};

FunctionType function_type(const Signature& signature) {
  FunctionType type;
  for (const uint8_t param : signature.params) type.params.push_back(ValueType(param));
  for (const uint8_t result : signature.results) type.results.push_back(ValueType(result));
  return type;
}

}  // namespace

Result<Module, Refusal> read_module(ByteSpan bytes) {
  if (bytes.size() > UINT32_MAX) return Refusal{RefusalCode::kTooMuch};
  return Reader(bytes).read();
}

bool same_type(const Signature& a, const Signature& b) {
  const auto same = [](ByteSpan one, ByteSpan other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end());
  };
  return same(a.params, b.params) && same(a.results, b.results);
}

uint32_t add_type(Module& module, const Signature& type) {
  const auto matches = [&](const Signature& one) { return same_type(one, type); };
  const auto found = std::find_if(module.types.begin(), module.types.end(), matches);
  const auto at = static_cast<uint32_t>(found - module.types.begin());
  if (found == module.types.end()) module.types.push_back(type);
  return at;
}

bool read_locals(Cursor& body, std::vector<Locals>& out) {
  const uint32_t runs = body.u32();
  for (uint32_t i = 0; i < runs && body.ok(); ++i) {
    const uint32_t count = body.u32();
    out.push_back({count, body.byte()});
  }
  return body.ok();
}

Interface interface_of(const Module& module) {
  Interface out;
  for (const ImportEntry& entry : module.imports) {
    Import one{std::string(entry.module), std::string(entry.name), entry.kind, {}};
    if (entry.kind == ExternKind::kFunction) one.type = function_type(module.types[entry.index]);
    out.imports.push_back(std::move(one));
  }
  for (const ExportEntry& entry : module.exports) {
    Export one{std::string(entry.name), entry.kind, {}};
    if (entry.kind == ExternKind::kFunction) {
      one.type = function_type(module.types[module.functions[entry.index]]);
    }
    out.exports.push_back(std::move(one));
  }
  return out;
}

}  // namespace mica::wasm
