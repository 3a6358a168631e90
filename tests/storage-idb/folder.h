// A throw-away folder, and a disk as a host keeps it: files made durable one at a time.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <map>
#include <string>

#include "core/base/check.h"
#include "storage-idb/idb_store.h"

namespace mica::storage_idb {

class TestFolder {
 public:
  TestFolder() {
    const char* root = std::getenv("MICA_TEST_FOLDER");
    if (!root) root = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    std::string pattern = std::string(root) + "/mica-store-XXXXXX";
    MICA_CHECK(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TestFolder() {
    clear();
    rmdir(path_.c_str());
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  void clear() {
    const StoreFolder folder(path_);
    for (const std::string& name : folder.list().value()) folder.remove(name);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

using Disk = std::map<std::string, Bytes>;

inline Disk read_disk(const StoreFolder& folder) {
  Disk disk;
  for (const std::string& name : folder.list().value()) disk[name] = folder.read(name).value();
  return disk;
}

inline void write_disk(TestFolder& to, const Disk& disk) {
  to.clear();
  const StoreFolder folder(to.path());
  for (const auto& [name, bytes] : disk) MICA_CHECK(folder.write(name, bytes).ok());
}

inline const Bytes kGenesis(32, 0x6e);

// Small numbers, so that a short test carries, gathers and evicts all the time.
inline IdbStoreOptions small_options() {
  IdbStoreOptions options;
  options.min_log_bytes = 2000;
  options.segment_bytes = 700;
  options.loaded_bytes = 1500;
  return options;
}

}  // namespace mica::storage_idb
