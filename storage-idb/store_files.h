// The files of a store: names, grammar, and the few calls to the file system.
// docs/formats/store.md says the same for a person.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/storage/batch.h"
#include "core/storage/hot_store.h"
#include "storage-idb/room.h"

namespace mica::storage_idb {

// FROZEN: the kinds and their names are on users' disks.
enum class FileKind : uint8_t { kLog = 'L', kIndex = 'I', kSegment = 'S' };

struct FileName {
  FileKind kind;
  CommitId commit;
  uint32_t part = 0;  // segments only
};
std::string file_name(const FileName& name);
std::optional<FileName> parse_file_name(std::string_view text);

// Names the network in every file: the genesis hash's first bytes.
using GenesisTag = ByteArray<8>;

// One commit. Everything before `first` is no longer needed.
struct LogFile {
  CommitId commit = 0;
  CommitId first = 0;
  uint64_t index_count = 0;  // index files that exist at this commit
  Batch batch;               // the commit's own operations, then live ones carried over
};
// Which records the segments of one commit hold: keys[part][n].
struct IndexFile {
  CommitId commit = 0;
  std::vector<std::vector<ColdKey>> keys;
};
// What could be read of a segment. Each record has its own check sum.
struct SegmentFile {
  std::vector<ColdPut> records;
  uint32_t damaged = 0;  // records that failed, 1 for an unreadable rest
};

Bytes encode_log(const GenesisTag& tag, const LogFile& log);
Bytes encode_index(const GenesisTag& tag, const IndexFile& index);
Bytes encode_segment(const GenesisTag& tag, const std::vector<const ColdPut*>& records);

// `name` is used in errors and must agree with the commit inside.
Result<LogFile> decode_log(const GenesisTag& tag, const std::string& name, ByteSpan bytes);
Result<IndexFile> decode_index(const GenesisTag& tag, const std::string& name, ByteSpan bytes);
Result<SegmentFile> decode_segment(const GenesisTag& tag, const std::string& name, ByteSpan bytes);

// The folder. Files appear whole under their name (temporary file, rename); making them
// durable is the host's part.
class StoreFolder {
 public:
  explicit StoreFolder(std::string path) : path_(std::move(path)) {}
  // Makes the folder if need be, deletes temporary files, lists the rest.
  Result<std::vector<std::string>> list() const;
  Result<Bytes> read(const std::string& name) const;
  Status write(const std::string& name, ByteSpan bytes) const;
  void remove(const std::string& name) const;  // absent already is fine
  Status rename(const std::string& from, const std::string& to) const;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace mica::storage_idb
