// Times, names and counts as people read them.
import { CHAIN_OWNER, shorten } from '@mica/wallet-contract/addresses';
import type {
  AccountState,
  ActivityEntry,
  ChainState,
  NetworkState,
  OwnerText,
  WaitReason,
  WalletState,
} from '@mica/wallet-contract/api';

const MINUTE = 60_000;

export function timeAgo(time: number, now: number): string {
  const minutes = Math.floor((now - time) / MINUTE);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return fullTime(time).slice(0, 10);
}

/** Local time, "2026-03-01 14:05". */
export function fullTime(time: number): string {
  const at = new Date(time);
  const two = (n: number) => `${n}`.padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

export const secondsText = (ms: number): string => {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
};

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n} ${n === 1 ? one : many}`;

export const chainName = (chain: Pick<ChainState, 'chainId' | 'label'>): string =>
  chain.label || shorten(chain.chainId);

export function ownerName(owner: OwnerText, accounts: AccountState[]): string {
  if (owner === CHAIN_OWNER) return 'Chain balance';
  return accounts.find((account) => account.owner === owner)?.label || shorten(owner);
}

/** "example.org" of "https://example.org"; the scheme shows when it is not https. */
export const hostOf = (origin: string): string => origin.replace(/^https:\/\//, '');

export const waitWords: Record<WaitReason, string> = {
  Failed: 'cannot be carried out now, such as a claim on money that is not here',
  TooLarge: 'too large for any block',
  NotSupported: 'of an application that this version does not know',
  TooCostly: 'dearer than the fee limit of the settings',
};

export const waitingCount = ({ waiting }: Pick<ChainState, 'waiting'>): number =>
  waiting.reduce((sum, { count: messages }) => sum + messages, 0);

/** An international name, as browsers write it so that it imitates no other. */
export const isIdn = (origin: string): boolean => /[/.]xn--/i.test(origin);

export const stateWords: Record<ActivityEntry['state'], [name: string, meaning: string]> = {
  proposed: ['Proposed', 'Signed and sent; a quorum has not certified it yet.'],
  certified: ['Certified', 'A quorum of validators signed it: it is final.'],
  delivered: ['Delivered', "Final, and a quorum says the recipient's inbox has it."],
};

export const busyWords = ({ name, doing }: NonNullable<WalletState['busyNetwork']>): string =>
  `${doing === 'adding' ? 'Adding' : 'Switching to'} ${name}…`;

export function networkWords(network: NetworkState | null): { text: string; tone: string } {
  if (!network) return { text: 'No network', tone: 'bad' };
  if (network.status === 'reset') return { text: 'Was reset', tone: 'bad' };
  if (network.status === 'failed') return { text: 'Failed', tone: 'bad' };
  if (network.status === 'offline') return { text: 'Offline', tone: 'wait' };
  if (network.status === 'opening') return { text: 'Opening', tone: 'wait' };
  const up = network.validators.filter(({ failuresInARow }) => failuresInARow === 0).length;
  const all = network.validators.length;
  if (all === 0) return { text: 'Connected', tone: 'good' };
  const text = `${up} of ${all} validators`;
  return { text, tone: 3 * up > 2 * all ? 'good' : 'bad' };
}
