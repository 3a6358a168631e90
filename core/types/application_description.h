// What an application is: code, parameters, and who made it when. Its blob's hash is its id.
// linera-base/src/data_types.rs
#pragma once

#include "core/types/ids.h"
#include "core/types/room.h"

namespace mica::types {

struct ApplicationDescription {
  ModuleId module_id;
  ChainId creator_chain_id;
  BlockHeight block_height;
  uint32_t application_index = 0;  // among those that this block created
  Bytes parameters;
  std::vector<ApplicationId> required_application_ids;
  MICA_FIELDS(ApplicationDescription, module_id, creator_chain_id, block_height, application_index,
              parameters, required_application_ids)

  BlobContent to_blob() const { return {BlobType::ApplicationDescription, encode(*this)}; }
  // The hash of the blob, not of the description.
  ApplicationId id() const { return {to_blob().id().hash}; }
};

inline BlobId description_blob_id(const ApplicationId& application_id) {
  return {BlobType::ApplicationDescription, application_id.application_description_hash};
}

}  // namespace mica::types
