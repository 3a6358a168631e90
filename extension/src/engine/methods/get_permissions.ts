import { object } from './params.ts';
import { method } from './method.ts';

/**
 * `[]`, or an entry for `linera_accounts` where the site is connected, and one for
 * `linera_readChains` where it may also read chains that are not in the wallet.
 *
 * ```js
 * const permissions = await provider.request({ method: 'wallet_getPermissions' });
 * const names = permissions.map(({ parentCapability }) => parentCapability);
 * ```
 */
export const getPermissions = method({
  name: 'wallet_getPermissions',
  access: 'public',
  params: object({}),
  reasons: [],
  run({ granted, readsOthers, origin: invoker }) {
    if (granted.length === 0) return [];
    const names = ['linera_accounts', ...(readsOthers ? ['linera_readChains'] : [])];
    return names.map((parentCapability) => ({ invoker, parentCapability }));
  },
});
