// What of the vault lies in the extension's own storage: the sealed file, the count of wrong
// passwords, and what was signed in fast rounds. Ciphertext, numbers and hashes only.
import { toBlockHeight } from '@mica/bindings/scalars';
import type { FastSigned } from '@mica/bindings/types';
import { chainIdFromText, fromHex, hashFromText, toHex } from '@mica/bindings/text';
import { WalletError, type AccountState } from '@mica/wallet-contract/api';

export interface Throttle {
  failures: number;
  /** Microseconds since 1970. */
  lastFailure: bigint;
}

/** `accounts`: the public side, so that a locked wallet knows whose chains it follows. */
export interface StoredVault {
  sealed: Uint8Array;
  accounts: AccountState[];
  /** Random: what was stored for another wallet is not taken for this one's. */
  wallet: string;
}

export interface VaultStore {
  load(key: string): Promise<unknown>;
  save(key: string, value: unknown): Promise<void>;
}

interface StoredFile {
  sealed: string;
  accounts: AccountState[];
  /** Not there in files of before. */
  wallet?: string;
}

export async function loadVault(
  store: VaultStore,
  newWallet: () => string,
): Promise<StoredVault | null> {
  const value = (await store.load('vault')) as StoredFile | null;
  if (!value) return null;
  const { sealed, accounts, wallet } = value;
  const file = { sealed: fromHex(sealed), accounts, wallet: wallet ?? newWallet() };
  if (wallet === undefined) await saveVault(store, file);
  return file;
}

export const saveVault = (store: VaultStore, file: StoredVault | null): Promise<void> =>
  store.save('vault', file && { ...file, sealed: toHex(file.sealed) });

/** What the engine is to do with what it followed, after an erasing. */
export const saveKeepFollowed = (store: VaultStore, keep: boolean): Promise<void> =>
  store.save('keepFollowed', keep);
export const loadKeepFollowed = async (store: VaultStore): Promise<boolean> =>
  (await store.load('keepFollowed')) === true;

export async function loadThrottle(store: VaultStore): Promise<Throttle> {
  const value = (await store.load('throttle')) as { failures: number; lastFailure: string } | null;
  if (!value) return { failures: 0, lastFailure: 0n };
  return { failures: value.failures, lastFailure: BigInt(value.lastFailure) };
}

/**
 * By "network/chain", in hex; those of before by chain alone, and then hold on every network. Kept
 * when the wallet is removed: its phrase may come back.
 */
type StoredFast = Record<string, { height: string; block: string }>;

export async function loadFastSigned(store: VaultStore): Promise<FastSigned[]> {
  const value = ((await store.load('fastSigned')) ?? {}) as StoredFast;
  return Object.entries(value).map(([key, { height, block }]) => {
    const [chain, network = NO_NETWORK] = key.split('/').reverse();
    return {
      network: hashFromText(network),
      chain_id: chainIdFromText(chain!),
      height: toBlockHeight(BigInt(height)),
      block: hashFromText(block),
    };
  });
}

const NO_NETWORK = '0'.repeat(64);
export function keyOfFast({ network, chain_id }: FastSigned): string {
  const named = toHex(network);
  return named === NO_NETWORK ? toHex(chain_id) : `${named}/${toHex(chain_id)}`;
}

export function saveFastSigned(store: VaultStore, all: Iterable<FastSigned>): Promise<void> {
  const value: StoredFast = {};
  for (const fast of all) {
    value[keyOfFast(fast)] = { height: fast.height.toString(), block: toHex(fast.block) };
  }
  return store.save('fastSigned', value);
}

/** As fastSigned, kept when the wallet is removed: its phrase may come back. */
export async function loadChainNetworks(store: VaultStore): Promise<Map<string, string>> {
  const value = (await store.load('chainNetworks')) as Record<string, string> | null;
  return new Map(Object.entries(value ?? {}));
}
export const saveChainNetworks = (
  store: VaultStore,
  networks: ReadonlyMap<string, string>,
): Promise<void> => store.save('chainNetworks', Object.fromEntries(networks));

export const saveThrottle = (store: VaultStore, { failures, lastFailure }: Throttle) =>
  store.save('throttle', { failures, lastFailure: lastFailure.toString() });

/** The vault's own: it believes no value that the engine wrote. */
export interface SessionSettings {
  lockAfterMinutes: number;
  autoReceive: boolean;
}

export const defaultSettings: SessionSettings = { lockAfterMinutes: 10, autoReceive: true };
const LONGEST_UNLOCKED_MINUTES = 240;

const isGood = ({ lockAfterMinutes: minutes, autoReceive }: SessionSettings) =>
  Number.isInteger(minutes) &&
  minutes >= 1 &&
  minutes <= LONGEST_UNLOCKED_MINUTES &&
  typeof autoReceive === 'boolean';

export function checkedSettings(settings: SessionSettings): SessionSettings {
  if (isGood(settings)) return settings;
  const message = `The wallet locks after 1 to ${LONGEST_UNLOCKED_MINUTES} minutes.`;
  throw new WalletError({ code: 'BadInput', message });
}

/** What is out of bounds counts for nothing. */
export async function loadSettings(store: VaultStore): Promise<SessionSettings> {
  const stored = (await store.load('settings')) as Partial<SessionSettings> | null;
  const { lockAfterMinutes, autoReceive } = { ...defaultSettings, ...stored };
  const settings = { lockAfterMinutes, autoReceive };
  return isGood(settings) ? settings : defaultSettings;
}

export const saveSettings = (store: VaultStore, settings: SessionSettings): Promise<void> =>
  store.save('settings', settings);
