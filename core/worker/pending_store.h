// PendingStore: a store as it will be after batches that were not committed yet.
//
//   PendingStore pending(hot, cold);
//   Worker worker(pending.hot(), pending.cold(), ...);
//   pending.add(answer.batch);            // after each call
//   hot.apply(pending.take());            // one commit for all of them
#pragma once

#include "core/storage/cold_overlay.h"
#include "core/views/overlay.h"
#include "core/worker/room.h"

namespace mica::worker {

class PendingStore {
 public:
  PendingStore(const StateReader& hot, const ColdStore& cold) : hot_(hot), cold_(cold) {}

  const StateReader& hot() const { return hot_; }
  const ColdStore& cold() const { return cold_; }

  // Makes the batch visible here.
  void add(Batch batch) {
    hot_.apply(std::move(batch.hot));
    for (ColdPut& put : batch.cold) cold_.put(std::move(put.key), std::move(put.bytes));
  }
  // Everything added since the last take(); the caller commits it before it asks again.
  Batch take() {
    Batch batch;
    hot_.move_into(batch);
    cold_.move_into(batch);
    return batch;
  }
  bool empty() const { return hot_.empty() && cold_.empty(); }

 private:
  Overlay hot_;
  ColdOverlay cold_;
};

}  // namespace mica::worker
