import { object } from './params.ts';
import { method } from './method.ts';

/**
 * The accounts of linera_requestAccounts without a window: `[]` when not connected, or when the
 * wallet is locked.
 *
 * ```js
 * const accounts = await provider.request({ method: 'linera_accounts' });
 * ```
 */
export const accounts = method({
  name: 'linera_accounts',
  access: 'public',
  params: object({}),
  reasons: [],
  run: (visit) => visit.accounts(),
});
