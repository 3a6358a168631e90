// Hosts outside that applications ask by HTTP, and which of them the wallet may ask.
import type { HashText, Millis } from './api.ts';

/** Where an address leads: private is a network that is not the Internet, such as that at home. */
type Reach = 'public' | 'private' | 'thisComputer';

/** What an application asks of a host, before anybody was asked. */
export interface HostAsking {
  /** Scheme, host and port; a name in other alphabets in the form that imitates none. */
  origin: string;
  reach: Reach;
  method: string;
  /** Its beginning, where it is very long. */
  url: string;
  /** Names, in their order; of very many the first. */
  headers: string[];
  headerCount: number;
  bodyBytes: number;
}

/** A host that the person has let the wallet ask, until it is taken back. */
export interface HostState {
  /** Whose applications: the genesis hash. */
  network: HashText;
  origin: string;
  allowedAt: Millis;
}

const THIS_COMPUTER = /^(127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|(.+\.)?localhost)$/;
// RFC 1918, 3927, 6598; names without a dot, and those that are never the Internet's.
const PRIVATE = [
  /^(0|10|127)\.\d+\.\d+\.\d+$/,
  /^192\.168\.\d+\.\d+$/,
  /^169\.254\.\d+\.\d+$/,
  /^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d+\.\d+$/,
  /^\[/,
  /^[^.]+$/,
  /\.(local|lan|home|internal|intranet|corp|private|test|home\.arpa)$/,
];

/** By the address alone: a name of the Internet may lead to such a network all the same. */
export function reachOf({ hostname }: URL): Reach {
  const host = hostname.replace(/\.$/, '');
  if (THIS_COMPUTER.test(host)) return 'thisComputer';
  return PRIVATE.some((one) => one.test(host)) ? 'private' : 'public';
}
