import { object } from './params.ts';
import { method } from './method.ts';

/**
 * Connects. Opens the wallet, where the person chooses the chains that this site may see; resolves
 * at once if the site is connected already. Returns accounts, the chosen default first:
 * `owner@chain`, or the chain alone where the wallet does not own it.
 *
 * ```js
 * const [account] = await provider.request({ method: 'linera_requestAccounts' });
 * const [owner, chainId] = account.split('@');
 * ```
 */
export const requestAccounts = method({
  name: 'linera_requestAccounts',
  access: 'person',
  connects: true,
  params: object({}),
  reasons: ['Rejected', 'PageLeft'],
  known: (visit) => (visit.granted.length > 0 && visit.isUnlocked ? visit.accounts() : null),
  order: () => null,
  async run({ visit, connect }) {
    await connect();
    return visit.accounts();
  },
});
