#include "core/execution/application_blobs.h"

#include "core/base/limits.h"
#include "core/execution/bytecode.h"

namespace mica::execution {

namespace {

// In what this transaction created, else where the network's blobs are.
std::optional<BlobContent> find_blob(const Execution& run, const BlobId& id) {
  const CreatedBlobs& created = run.transaction.created_blobs();
  auto found = created.find(id);
  return found == created.end() ? run.lookup.blob(id) : std::optional(found->second);
}

ExecutionResult<ApplicationDescription> decode_description(const BlobContent& blob) {
  return MICA_TRY(decode<ApplicationDescription>(blob.bytes));
}

// Registers applications with their code and requirements, depth first. Upstream describes anew
// what several require, to no effect. Once something is missing nothing is recorded any more: the
// run is in vain, it only looks for what else is missing.
class Registration {
 public:
  explicit Registration(Execution& run) : run_(run) {}

  ExecutionStatus use_module(const ModuleId& module) {
    for (const BlobId& id : module.blob_ids()) {
      if (!find_blob(run_, id)) want(id);
    }
    for (const BlobId& id : module.blob_ids()) MICA_TRY(use(id));
    return Ok{};
  }

  ExecutionStatus use_all(const std::vector<ApplicationId>& applications) {
    std::vector<ApplicationId> open(applications.rbegin(), applications.rend());
    while (!open.empty() && wanted_.size() < limits::kMaxWanted) {
      const ApplicationId next = open.back();
      open.pop_back();
      if (!visited_.insert(next).second) continue;
      if (visited_.size() > limits::kMaxRequiredApplications) {
        return ExecutionError::unsupported("so many required applications");
      }
      auto description = MICA_TRY(use_description(next));
      if (!description) continue;
      MICA_TRY(use_module(description->module_id));
      const auto& required = description->required_application_ids;
      open.insert(open.end(), required.rbegin(), required.rend());
    }
    return finish();
  }

  // Nothing if it is missing.
  ExecutionResult<std::optional<ApplicationDescription>> use_description(const ApplicationId& id) {
    const BlobId blob_id = description_blob_id(id);
    auto blob = find_blob(run_, blob_id);
    if (!blob) {
      want(blob_id);
      return std::optional<ApplicationDescription>();
    }
    MICA_TRY(use(blob_id));
    return std::optional(MICA_TRY(decode_description(*blob)));
  }

  ExecutionStatus finish() {
    if (wanted_.empty()) return Ok{};
    return ExecutionError::missing(std::move(wanted_));
  }

 private:
  void want(const BlobId& id) {
    const Wanted one = id;
    if (std::find(wanted_.begin(), wanted_.end(), one) == wanted_.end()) wanted_.push_back(one);
  }
  ExecutionStatus use(const BlobId& id) {
    if (wanted_.empty()) MICA_TRY(blob_used(run_, id));
    return Ok{};
  }

  Execution& run_;
  std::vector<Wanted> wanted_;
  std::set<ApplicationId> visited_;
};

ExecutionResult<BlobContent> stored_blob(const Execution& run, const BlobId& id) {
  auto blob = run.lookup.blob(id);
  if (!blob) return ExecutionError::missing({id});
  return std::move(*blob);
}

}  // namespace

ExecutionResult<bool> blob_used(Execution& run, const BlobId& id) {
  if (run.state.system.used_blobs.contains(id)) return false;
  run.state.system.used_blobs.insert(id);
  MICA_TRY(run.transaction.record({OracleResponse::Blob{id}}));
  return true;
}

void blob_published(Execution& run, const BlobId& id) {
  run.state.system.used_blobs.insert(id);
  run.transaction.add_published_blob(id);
}

ExecutionResult<ApplicationDescription> describe_application(Execution& run,
                                                             const ApplicationId& id) {
  MICA_TRY(Registration(run).use_all({id}));
  return decode_description(*find_blob(run, description_blob_id(id)));
}

ExecutionResult<ApplicationDescription> load_description(Execution& run, const ApplicationId& id) {
  const BlobContent* created = run.transaction.find_created_blob(description_blob_id(id));
  if (created) return decode_description(*created);
  return describe_application(run, id);
}

ExecutionResult<ApplicationDescription> read_description(Execution& run, const ApplicationId& id) {
  const BlobId blob_id = description_blob_id(id);
  const BlobContent* created = run.transaction.find_created_blob(blob_id);
  if (created) return decode_description(*created);
  const BlobContent blob = MICA_TRY(stored_blob(run, blob_id));
  MICA_TRY(blob_used(run, blob_id));
  return decode_description(blob);
}

ExecutionResult<Bytes> bytecode(Execution& run, const BlobId& id) {
  const BlobContent* created = run.transaction.find_created_blob(id);
  return decompress_bytecode(created ? *created : MICA_TRY(stored_blob(run, id)), UINT64_MAX);
}

ExecutionResult<BlobContent> read_blob(Execution& run, const BlobId& id) {
  if (auto* created = run.transaction.find_created_blob(id)) return *created;
  BlobContent blob = MICA_TRY(stored_blob(run, id));
  if (id.blob_type == BlobType::Data) {
    MICA_TRY(run.resources.track_blob_read({run.state.system}, blob.bytes.size()));
  }
  MICA_TRY(blob_used(run, id));
  return blob;
}

ExecutionStatus assert_blob_exists(Execution& run, const BlobId& id) {
  MICA_TRY(stored_blob(run, id));
  if (id.blob_type == BlobType::Data) {
    MICA_TRY(run.resources.track_blob_read({run.state.system}, 0));
  }
  const bool first = MICA_TRY(blob_used(run, id));
  if (first) MICA_TRY(run.transaction.record({OracleResponse::Blob{id}}));
  return Ok{};
}

BlobId create_blob(Execution& run, BlobContent blob) {
  const BlobId id = blob.id();
  if (run.resources.is_free()) run.transaction.mark_blob_free(id);
  run.transaction.add_created_blob(std::move(blob));
  return id;
}

ExecutionResult<ApplicationDescription> create_application(
    Execution& run, const ChainId& chain_id, const BlockHeight& height, const ModuleId& module_id,
    Bytes parameters, std::vector<ApplicationId> required_application_ids) {
  ApplicationDescription description{
      .module_id = module_id,
      .creator_chain_id = chain_id,
      .block_height = height,
      .application_index = run.transaction.next_application_index(),
      .parameters = std::move(parameters),
      .required_application_ids = std::move(required_application_ids)};
  Registration registration(run);
  MICA_TRY(registration.use_module(module_id));
  MICA_TRY(registration.use_all(description.required_application_ids));
  BlobContent blob = description.to_blob();
  run.state.system.used_blobs.insert(blob.id());
  run.transaction.add_created_blob(std::move(blob));
  return description;
}

}  // namespace mica::execution
