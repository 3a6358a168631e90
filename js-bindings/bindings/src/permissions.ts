import type { ApplicationPermissions } from '../generated/types.ts';

/** What a new chain allows to applications; `Default` of upstream. */
export const NO_PERMISSIONS: ApplicationPermissions = {
  execute_operations: null,
  mandatory_applications: [],
  close_chain: [],
  change_application_permissions: [],
  call_service_as_oracle: null,
  make_http_requests: null,
};
