#include "storage-idb/store_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/base/leb128.h"
#include "core/storage/record.h"

namespace mica::storage_idb {
namespace {

constexpr std::string_view kMagic = "MICA";
constexpr uint8_t kVersion = 1;

std::string hex16(uint64_t value) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(value));
  return text;
}

// file := "MICA" version:u8=1 kind:u8 genesis:byte[8] record*
// The record (record.h) carries length and CRC-32C; log and index have exactly one.
void put_header(Bytes& out, const GenesisTag& tag, FileKind kind) {
  append(out, as_bytes(kMagic));
  out.push_back(kVersion);
  out.push_back(static_cast<uint8_t>(kind));
  append(out, tag);
}

Status take_header(RecordReader& reader, const GenesisTag& tag, FileKind kind,
                   const std::string& name) {
  const ByteSpan magic = MICA_TRY(reader.take(kMagic.size()));
  if (as_text(magic) != kMagic) return Error{ErrorCode::kCorrupt, name + " (not a Mica file)"};
  const uint8_t version = MICA_TRY(reader.u8());
  if (version != kVersion) {
    return Error{ErrorCode::kUnsupported, name + " (version " + std::to_string(version) + ")"};
  }
  const uint8_t found = MICA_TRY(reader.u8());
  if (found != static_cast<uint8_t>(kind)) return Error{ErrorCode::kCorrupt, name + " (kind)"};
  const ByteSpan genesis = MICA_TRY(reader.take(tag.size()));
  if (!std::equal(genesis.begin(), genesis.end(), tag.begin())) {
    return Error{ErrorCode::kRefused, name + " belongs to another network (genesis " +
                                          to_hex(genesis) + "…, not " + to_hex(tag) + "…)"};
  }
  return Ok{};
}

std::optional<uint64_t> parse_hex(std::string_view text) {
  uint64_t value = 0;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (c < 'a' || c > 'f')) return std::nullopt;
    value = value << 4 | static_cast<uint64_t>(digit ? c - '0' : c - 'a' + 10);
  }
  return value;
}

Error system_error(const std::string& what) {
  return Error{ErrorCode::kRefused, what + ": " + std::strerror(errno)};
}

}  // namespace

std::string file_name(const FileName& name) {
  switch (name.kind) {
    case FileKind::kLog:
      return "log-" + hex16(name.commit);
    case FileKind::kIndex:
      return "idx-" + hex16(name.commit);
    case FileKind::kSegment:
      return "seg-" + hex16(name.commit) + "-" + hex16(name.part).substr(12);
  }
  return {};
}

std::optional<FileName> parse_file_name(std::string_view text) {
  if (text.size() != 20 && text.size() != 25) return std::nullopt;
  const auto commit = parse_hex(text.substr(4, 16));
  if (!commit) return std::nullopt;
  const std::string_view prefix = text.substr(0, 4);
  if (text.size() == 20 && prefix == "log-") return FileName{FileKind::kLog, *commit};
  if (text.size() == 20 && prefix == "idx-") return FileName{FileKind::kIndex, *commit};
  if (text.size() != 25 || prefix != "seg-" || text[20] != '-') return std::nullopt;
  const auto part = parse_hex(text.substr(21));
  if (!part) return std::nullopt;
  return FileName{FileKind::kSegment, *commit, static_cast<uint32_t>(*part)};
}

// log body := commit:varint first:varint index_count:varint batch      (encode_batch)
Bytes encode_log(const GenesisTag& tag, const LogFile& log) {
  Bytes body;
  append_uleb128(body, log.commit);
  append_uleb128(body, log.first);
  append_uleb128(body, log.index_count);
  append(body, encode_batch(log.batch));
  Bytes out;
  put_header(out, tag, FileKind::kLog);
  put_record(out, body);
  return out;
}

Result<LogFile> decode_log(const GenesisTag& tag, const std::string& name, ByteSpan bytes) {
  RecordReader reader(bytes, name);
  MICA_TRY(take_header(reader, tag, FileKind::kLog, name));
  const ByteSpan body = MICA_TRY(take_record(reader, name));
  MICA_TRY(reader.finish());
  RecordReader fields(body, name);
  LogFile log;
  log.commit = MICA_TRY(fields.varint());
  log.first = MICA_TRY(fields.varint());
  log.index_count = MICA_TRY(fields.varint());
  log.batch = MICA_TRY(decode_batch(fields.rest(), name));
  if (name != file_name({FileKind::kLog, log.commit}) || log.first == 0 || log.first > log.commit) {
    return Error{ErrorCode::kCorrupt, name + " (holds commit " + std::to_string(log.commit) + ")"};
  }
  return log;
}

// index body := commit:varint parts:varint { count:varint key:string* }*
Bytes encode_index(const GenesisTag& tag, const IndexFile& index) {
  Bytes body;
  append_uleb128(body, index.commit);
  append_uleb128(body, index.keys.size());
  for (const auto& part : index.keys) {
    append_uleb128(body, part.size());
    for (const ColdKey& key : part) put_string(body, key);
  }
  Bytes out;
  put_header(out, tag, FileKind::kIndex);
  put_record(out, body);
  return out;
}

Result<IndexFile> decode_index(const GenesisTag& tag, const std::string& name, ByteSpan bytes) {
  RecordReader reader(bytes, name);
  MICA_TRY(take_header(reader, tag, FileKind::kIndex, name));
  const ByteSpan body = MICA_TRY(take_record(reader, name));
  MICA_TRY(reader.finish());
  RecordReader fields(body, name);
  IndexFile index;
  index.commit = MICA_TRY(fields.varint());
  for (uint64_t parts = MICA_TRY(fields.varint()); parts > 0; --parts) {
    auto& keys = index.keys.emplace_back();
    for (uint64_t left = MICA_TRY(fields.varint()); left > 0; --left) {
      keys.push_back(to_bytes(MICA_TRY(fields.string())));
    }
  }
  MICA_TRY(fields.finish());
  if (name != file_name({FileKind::kIndex, index.commit})) {
    return Error{ErrorCode::kCorrupt, name + " (holds another commit)"};
  }
  return index;
}

// segment := header record*;  record body := key:string bytes:string
Bytes encode_segment(const GenesisTag& tag, const std::vector<const ColdPut*>& records) {
  Bytes out;
  put_header(out, tag, FileKind::kSegment);
  for (const ColdPut* record : records) {
    Bytes body;
    put_string(body, record->key);
    put_string(body, record->bytes);
    put_record(out, body);
  }
  return out;
}

Result<SegmentFile> decode_segment(const GenesisTag& tag, const std::string& name, ByteSpan bytes) {
  RecordReader reader(bytes, name);
  MICA_TRY(take_header(reader, tag, FileKind::kSegment, name));
  SegmentFile segment;
  while (!reader.empty()) {
    const auto body = take_record(reader, name);
    if (!body.ok()) {
      ++segment.damaged;
      if (body.error().code == ErrorCode::kCorrupt) continue;  // skipped by its length
      break;
    }
    RecordReader fields(body.value(), name);
    Bytes key = to_bytes(MICA_TRY(fields.string()));
    Bytes content = to_bytes(MICA_TRY(fields.string()));
    MICA_TRY(fields.finish());
    segment.records.push_back(ColdPut{std::move(key), std::move(content)});
  }
  return segment;
}

Result<std::vector<std::string>> StoreFolder::list() const {
  if (mkdir(path_.c_str(), 0700) != 0 && errno != EEXIST) return system_error("make " + path_);
  DIR* dir = opendir(path_.c_str());
  if (dir == nullptr) return system_error("open " + path_);
  std::vector<std::string> names;
  while (const dirent* entry = readdir(dir)) {
    std::string name = entry->d_name;
    if (name.ends_with(".tmp")) {
      remove(name);
    } else if (name != "." && name != "..") {
      names.push_back(std::move(name));
    }
  }
  closedir(dir);
  std::sort(names.begin(), names.end());
  return names;
}

Result<Bytes> StoreFolder::read(const std::string& name) const {
  const std::string path = path_ + "/" + name;
  const int file = open(path.c_str(), O_RDONLY);
  if (file < 0) {
    if (errno == ENOENT) return Error{ErrorCode::kNotFound, path};
    return system_error("open " + path);
  }
  struct stat info {};
  Bytes bytes(fstat(file, &info) == 0 ? static_cast<size_t>(info.st_size) : 0);
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::read(file, bytes.data() + done, bytes.size() - done);
    if (got <= 0) break;
    done += static_cast<size_t>(got);
  }
  close(file);
  if (done != bytes.size()) return system_error("read " + path);
  return bytes;
}

Status StoreFolder::write(const std::string& name, ByteSpan bytes) const {
  const std::string path = path_ + "/" + name;
  const std::string temporary = path + ".tmp";
  const int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0) return system_error("make " + temporary);
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t put = ::write(file, bytes.data() + done, bytes.size() - done);
    if (put <= 0) break;
    done += static_cast<size_t>(put);
  }
  const bool closed = close(file) == 0;
  if (done != bytes.size() || !closed) {
    const Error error = system_error("write " + temporary);
    unlink(temporary.c_str());
    return error;
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) return system_error("rename " + temporary);
  return Ok{};
}

void StoreFolder::remove(const std::string& name) const { unlink((path_ + "/" + name).c_str()); }

Status StoreFolder::rename(const std::string& from, const std::string& to) const {
  if (::rename((path_ + "/" + from).c_str(), (path_ + "/" + to).c_str()) != 0) {
    return system_error("rename " + from);
  }
  return Ok{};
}

}  // namespace mica::storage_idb
