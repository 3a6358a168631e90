// One application in one run: its instance, what it imports, and the memory that lifting and
// lowering see.
#pragma once

#include "core/abi/function.h"
#include "core/apps/promises.h"
#include "core/apps/room.h"
#include "core/types/application_description.h"
#include "core/wasm/engine.h"

namespace mica::apps {

class Run;
struct HostFunction;

FunctionType function_type(const CoreSignature& signature);

// For one call across the border.
class InstanceMemory : public GuestMemory {
 public:
  explicit InstanceMemory(Instance& instance) : instance_(instance) {}
  uint64_t size() const override { return instance_.memory_bytes(); }
  bool read(uint32_t at, std::span<uint8_t> to) const override { return instance_.read(at, to); }
  bool write(uint32_t at, ByteSpan from) override { return instance_.write(at, from); }
  Result<uint32_t> allocate(uint32_t align, uint32_t size) override;
  // Why the guest's allocator did not return.
  const std::optional<Stop>& stop() const { return stop_; }

 private:
  Instance& instance_;
  std::optional<Stop> stop_;
};

class Guest : public Host {
 public:
  // Refuses modules whose imports an application of this role may not have. `run` outlives it.
  static ExecutionResult<std::unique_ptr<Guest>> make(Run& run, const ApplicationId& id,
                                                      ApplicationDescription description,
                                                      std::shared_ptr<const Program> program);
  // Without an instance: see make().
  Guest(Run& run, const ApplicationId& id, ApplicationDescription description)
      : run_(run), id_(id), description_(std::move(description)) {}

  const ApplicationId& id() const { return id_; }
  const ApplicationDescription& description() const { return description_; }
  Promises& promises() { return promises_; }
  Instance& instance() { return *instance_; }
  std::optional<uint64_t> call(Instance& instance, uint32_t import,
                               std::span<const uint64_t> arguments) override;

 private:
  ExecutionStatus bind(const Program& program);

  Run& run_;
  ApplicationId id_;
  ApplicationDescription description_;
  std::vector<const HostFunction*> imports_;
  Promises promises_;
  std::unique_ptr<Instance> instance_;
};

}  // namespace mica::apps
