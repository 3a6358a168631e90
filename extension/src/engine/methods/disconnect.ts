import type { Visit } from '../visit.ts';
import { object } from './params.ts';
import { method } from './method.ts';

async function run(visit: Visit): Promise<null> {
  await visit.disconnect();
  return null;
}

/**
 * Ends the connection: the site sees nothing from now on.
 *
 * ```js
 * await provider.request({ method: 'linera_disconnect' });
 * ```
 */
export const disconnect = method({
  name: 'linera_disconnect',
  access: 'public',
  params: object({}),
  reasons: ['StorageFull', 'StorageFailed'],
  run,
});

/**
 * The same under the name that EIP-2255 gives it.
 *
 * ```js
 * await provider.request({
 *   method: 'wallet_revokePermissions',
 *   params: { linera_accounts: {} },
 * });
 * ```
 */
export const revokePermissions = method({
  name: 'wallet_revokePermissions',
  access: 'public',
  params: object({}),
  reasons: ['StorageFull', 'StorageFailed'],
  run,
});
