#include "core/apps/programs.h"

namespace mica::apps {

namespace {

using Kind = ExecutionError::Kind;

ExecutionError refused(Role role, const BlobId& id, const Refusal& refusal) {
  const bool not_here = refusal.code == RefusalCode::kTooMuch;
  std::string text =
      "Failed to load " + std::string(role == Role::kContract ? "contract" : "service") +
      " Wasm module " + id.to_text() + ": " + std::string(refusal_name(refusal.code)) +
      " at byte " + std::to_string(refusal.offset);
  return {not_here ? Kind::kUnsupported : Kind::kFailed, std::move(text)};
}

}  // namespace

ExecutionResult<std::shared_ptr<const Program>> Programs::get(
    Execution& world, Role role, const ApplicationDescription& description) {
  const ModuleId& module = description.module_id;
  if (module.is_evm()) {
    return ExecutionError(Kind::kUnsupported,
                          "EVM applications cannot run here: " + description.id().to_text());
  }
  const BlobId id = role == Role::kContract ? module.contract_blob_id() : module.service_blob_id();
  auto known = cache_.find(id);
  if (!known) {
    const Bytes code = MICA_TRY(bytecode(world, id));
    known = std::make_shared<const Compiled>(engine_.compile(code, role));
    cache_.insert(id, known, known->ok() ? code.size() : limits::kRefusedModuleBytes);
  }
  if (!known->ok()) return refused(role, id, known->error());
  return **known;
}

}  // namespace mica::apps
