import { object } from './params.ts';
import { method } from './method.ts';

/**
 * `[]`, or one entry for `linera_accounts` where the site is connected.
 *
 * ```js
 * const [permission] = await provider.request({ method: 'wallet_getPermissions' });
 * ```
 */
export const getPermissions = method({
  name: 'wallet_getPermissions',
  access: 'public',
  params: object({}),
  reasons: [],
  run: ({ granted, origin }) =>
    granted.length > 0 ? [{ invoker: origin, parentCapability: 'linera_accounts' }] : [],
});
