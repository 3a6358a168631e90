// Blobs that a run uses and makes: descriptions and code of applications, data.
// linera-execution/src/{system,execution_state_actor}.rs, linera-storage/src/lib.rs
#pragma once

#include "core/execution/system.h"
#include "core/types/application_description.h"

namespace mica::execution {

// The first use on this chain is an oracle response; true for the first one.
ExecutionResult<bool> blob_used(Execution& run, const BlobId& id);
// No oracle response, now or when it is used later.
void blob_published(Execution& run, const BlobId& id);

// Registers the application with its code and all that it requires. Looks into this transaction's
// created blobs, not into those of the block's earlier ones. All that is missing is wanted at once.
ExecutionResult<ApplicationDescription> describe_application(Execution& run,
                                                             const ApplicationId& id);

// The description on the way to running the application: registered unless this block made it.
ExecutionResult<ApplicationDescription> load_description(Execution& run, const ApplicationId& id);
// The same for a contract that asks for it: nothing but the description itself counts as used.
ExecutionResult<ApplicationDescription> read_description(Execution& run, const ApplicationId& id);

// The bytecode of a module, out of the blob contract_blob_id() or service_blob_id(). A blob keeps
// its bytes for ever: who has the code of one at hand need not ask. Counts nothing as used.
ExecutionResult<Bytes> bytecode(Execution& run, const BlobId& id);

// For data blobs the reader pays: of the chain's own funds, whatever the action pays from.
ExecutionResult<BlobContent> read_blob(Execution& run, const BlobId& id);
// The first use is recorded twice, as upstream does.
ExecutionStatus assert_blob_exists(Execution& run, const BlobId& id);
// A blob that an application makes: data, or the bytecode of a module.
BlobId create_blob(Execution& run, BlobContent blob);

// The application's description is a created blob; its code and what it requires are used.
ExecutionResult<ApplicationDescription> create_application(
    Execution& run, const ChainId& chain_id, const BlockHeight& height, const ModuleId& module_id,
    Bytes parameters, std::vector<ApplicationId> required_application_ids);

}  // namespace mica::execution
