// Names, states and counts as people read them.
import { CHAIN_OWNER, shorten } from '@mica/wallet-contract/addresses';
import type { AccountState, ChainView, NetworkState, OwnerText } from '@mica/wallet-contract/api';
import type { Words } from '../words/words.ts';

export const chainName = (chain: Pick<ChainView, 'chainId' | 'label'>): string =>
  chain.label || shorten(chain.chainId);

export function ownerName(owner: OwnerText, accounts: AccountState[], { say }: Words): string {
  if (owner === CHAIN_OWNER) return say('name.chainBalance');
  return accounts.find((account) => account.owner === owner)?.label || shorten(owner);
}

/** "example.org" of "https://example.org"; the scheme shows when it is not https. */
export const hostOf = (origin: string): string => origin.replace(/^https:\/\//, '');

export const waitingCount = ({ waiting }: Pick<ChainView, 'waiting'>): number =>
  waiting.reduce((sum, { count }) => sum + count, 0);

/** An international name, as browsers write it so that it imitates no other. */
export const isIdn = (origin: string): boolean => /[/.]xn--/i.test(origin);

const tones = { reset: 'bad', failed: 'bad', offline: 'wait', opening: 'wait' } as const;

export function networkWords(
  network: NetworkState | null,
  { say }: Words,
): { text: string; tone: string } {
  if (!network) return { text: say('network.none'), tone: 'bad' };
  const { status, validators } = network;
  if (status !== 'ready') return { text: say(`network.${status}`), tone: tones[status] };
  const all = validators.length;
  if (all === 0) return { text: say('network.connected'), tone: 'good' };
  const up = validators.filter(({ failuresInARow }) => failuresInARow === 0).length;
  return { text: say('network.validators', { up, all }), tone: 3 * up > 2 * all ? 'good' : 'bad' };
}
