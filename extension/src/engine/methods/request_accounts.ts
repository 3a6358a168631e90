import { flag, object } from './params.ts';
import { method } from './method.ts';

/**
 * `{ readChains? }`: connects. Opens the wallet, where the person chooses the chains that this site
 * may see; resolves at once if the site is connected already. Returns accounts, the chosen default
 * first: `owner@chain`, or the chain alone where the wallet does not own it.
 *
 * With `readChains` the person is also asked whether the site may read chains that are not in the
 * wallet (a game's hub, a creator's chain), once: linera_query, linera_subscribe, linera_getBlocks,
 * linera_getEvents and linera_applications then take any `chainId`. The wallet follows such a chain
 * as it does its own, so that the first answer takes until it is fetched and verified, for as long
 * as the site asks: 30 minutes after the last question, with the last subscription, or with the
 * leave, it is forgotten. A site has at most 8 (`TooManyReadings`); the one unused longest makes
 * room for another, a minute after its last question. The person may connect and say no to this:
 * wallet_getPermissions tells.
 *
 * ```js
 * const [account] = await provider.request({ method: 'linera_requestAccounts' });
 * const [owner, chainId] = account.split('@');
 * // or, for a page that reads other chains too:
 * await provider.request({ method: 'linera_requestAccounts', params: { readChains: true } });
 * ```
 */
export const requestAccounts = method({
  name: 'linera_requestAccounts',
  access: 'person',
  connects: true,
  params: object({ readChains: flag }),
  reasons: ['Rejected', 'PageLeft'],
  known(visit, { readChains }) {
    const isGiven = visit.granted.length > 0 && (visit.readsOthers || !readChains);
    return isGiven && visit.isUnlocked ? visit.accounts() : null;
  },
  order: () => null,
  async run({ visit, connect }, { readChains }) {
    await connect(readChains);
    return visit.accounts();
  },
});
