// ColdOverlay: a ColdStore as it will be once some new records are committed. What an Overlay is
// for the hot state.
#pragma once

#include <map>

#include "core/storage/cold_store.h"
#include "core/storage/room.h"
#include "core/storage/state_reader.h"

namespace mica::storage {

class ColdOverlay final : public ColdStore {
 public:
  explicit ColdOverlay(const ColdStore& base) : base_(base) {}

  // A key that is new here already keeps its bytes.
  void put(ColdKey key, Bytes bytes) { new_.emplace(std::move(key), std::move(bytes)); }
  // The new records, to be applied to the base; none remains here.
  void move_into(Batch& batch) {
    while (!new_.empty()) {
      auto record = new_.extract(new_.begin());
      batch.put_cold(std::move(record.key()), std::move(record.mapped()));
    }
  }
  bool empty() const { return new_.empty(); }

  Presence presence(ByteSpan key) const override {
    return new_.contains(key) ? Presence::kLoaded : base_.presence(key);
  }
  const Bytes* loaded(ByteSpan key) const override {
    auto added = new_.find(key);
    return added == new_.end() ? base_.loaded(key) : &added->second;
  }
  std::string request(ByteSpan key) const override {
    return new_.contains(key) ? std::string() : base_.request(key);
  }
  void trim() override {}

 private:
  const ColdStore& base_;
  std::map<ColdKey, Bytes, ByteOrder> new_;
};

}  // namespace mica::storage
