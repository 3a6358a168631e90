// VaultApi over the vault's Wasm object: keeps the sealed file, slows down wrong passwords across
// restarts, locks in time, and tells windows and engine whether it is open.
import { toTimestamp } from '@mica/bindings/scalars';
import type {
  KdfParameters,
  Sealing,
  VaultSession,
  Unlocking,
  VaultAccount,
  VaultAnswer,
  VaultRequest,
} from '@mica/bindings/types';
import { WakeUp, type Clock } from '@mica/bindings/wake';
import { KDF_COST } from '@mica/bindings/vault_asker';
import { hashFromText, ownerFromText, ownerToText, toHex } from '@mica/bindings/text';
import { characters, normal } from './secret_text.ts';
import {
  WalletError,
  type AccountState,
  type Secret,
  type VaultApi,
  type VaultState,
} from '@mica/wallet-contract/api';
import type { Handlers } from '@mica/wallet-contract/port_rpc';
import {
  blankSecret,
  copyOf,
  MIN_PASSWORD_CHARS,
  phraseWordsOf,
  wipe,
} from '@mica/wallet-contract/secret';
import { ChainNetworks } from './chain_networks.ts';
import { FastRecord } from './fast_record.ts';
import { SerialQueue } from '../shared/serial_queue.ts';
import { checkWords, joinWords, makePhrase, wrongPhrase } from './phrase.ts';
import type { SignerApi, SignerState } from './signer_api.ts';
import { VaultRefusal, type AnswerOf, type VaultMachine } from './machine.ts';
import { accountState, coreChain, windowChain, windowSummary } from './views.ts';
import {
  checkedSettings,
  defaultSettings,
  loadKeepFollowed,
  loadSettings,
  loadThrottle,
  loadVault,
  saveKeepFollowed,
  saveSettings,
  saveThrottle,
  saveVault,
  type SessionSettings,
  type Throttle,
  type StoredVault,
  type VaultStore,
} from './vault_file.ts';

export interface VaultOutside extends VaultStore {
  /**
   * Argon2id in a throw-away worker, which may take the password's memory over. Rejects with the
   * signal's reason when that comes, and the worker is ended.
   */
  deriveKey(password: Secret, kdf: KdfParameters, stop: AbortSignal): Promise<Uint8Array>;
  random(count: number): Uint8Array;
  clock: Clock;
}

/** A timer may ring a little before the time. */
const RING_LATE_MS = 5;
const schemes = ['EvmSecp256k1', 'Ed25519'] as const;

export class VaultService {
  private file: StoredVault | null = null;
  private keepFollowed = false;
  private fastRecord!: FastRecord;
  private chainNetworks!: ChainNetworks;
  private throttle: Throttle = { failures: 0, lastFailure: 0n };
  private retryAt: number | null = null;
  private engineRetryAt: number | null = null;
  private status: VaultState['status'] = 'starting';
  private lockAt: number | null = null;
  private readonly autoLock: WakeUp;
  private lockReason: VaultState['lockReason'] = null;
  private settings = defaultSettings;
  // One password at a time: Argon2id takes 64 MiB each, and wrong tries are counted.
  private readonly passwords = new SerialQueue();
  private lastTick = 0;
  /** Ends the Argon2id under way. */
  private deriving: AbortController | null = null;
  private readonly listeners = new Set<(state: VaultState) => void>();

  constructor(
    private readonly machine: VaultMachine,
    private readonly outside: VaultOutside,
  ) {
    this.autoLock = new WakeUp(outside.clock, () => this.tick());
  }

  async start(): Promise<void> {
    const [file, keepFollowed, throttle, fastRecord, settings] = await Promise.all([
      loadVault(this.outside, () => this.newWallet()),
      loadKeepFollowed(this.outside),
      loadThrottle(this.outside),
      FastRecord.load(this.outside),
      loadSettings(this.outside),
    ]);
    this.file = file;
    this.keepFollowed = keepFollowed;
    this.throttle = throttle;
    this.fastRecord = fastRecord;
    const fast_signed = fastRecord.all();
    this.chainNetworks = await ChainNetworks.load(this.outside, fast_signed);
    this.machine.ask('Remembered', 'Window', { $: 'Remember', fast_signed });
    this.settings = settings;
    this.status = this.file ? 'locked' : 'empty';
    this.changed();
  }

  onState(listener: (state: VaultState) => void): () => void {
    this.listeners.add(listener);
    listener(this.state());
    return () => this.listeners.delete(listener);
  }

  signerState(): SignerState {
    const wallet = this.file?.wallet ?? null;
    return { ...this.state(), wallet, keepFollowed: this.keepFollowed };
  }

  /** For windows, whose port to the engine is silent then. */
  engineStopped(retryAt: number | null): void {
    this.engineRetryAt = retryAt;
    this.changed();
  }

  private newWallet(): string {
    return toHex(this.outside.random(16));
  }

  state(): VaultState {
    return {
      status: this.status,
      accounts: this.file?.accounts ?? [],
      lockAt: this.lockAt,
      lockReason: this.lockReason,
      retryAt: this.retryAt,
      engineRetryAt: this.engineRetryAt,
    };
  }

  private changed(): void {
    for (const listener of this.listeners) listener(this.state());
  }

  // --- the lock ---------------------------------------------------------------------------------

  /** What the vault says unasked. */
  news(answer: VaultAnswer): void {
    if (answer.$ === 'Locked') this.locked(answer.reason);
  }

  private locked(reason: VaultState['lockReason']): void {
    if (this.status !== 'unlocked') return;
    this.status = 'locked';
    this.forgetLock();
    this.lockReason = reason;
    this.changed();
  }

  lock(): void {
    if (this.status !== 'unlocked') return;
    this.machine.ask('Locked', 'Window', { $: 'Lock' });
    this.locked('Asked');
  }

  /** Time has passed, or the machine slept: the vault itself decides. */
  tick(): void {
    this.machine.tick();
  }

  private opened(accounts: VaultAccount[], lockAt: bigint | null): void {
    this.status = 'unlocked';
    this.lockReason = null;
    this.retryAt = null;
    if (this.file) this.file.accounts = accounts.map(accountState);
    this.scheduleLock(lockAt);
  }

  private scheduleLock(lockAt: bigint | null): void {
    this.forgetLock();
    if (lockAt !== null) {
      this.lockAt = Number(lockAt / 1000n);
      this.autoLock.at(this.lockAt + RING_LATE_MS);
    }
    this.changed();
  }

  private forgetLock(): void {
    this.lockAt = null;
    this.autoLock.stop();
  }

  /** Whatever a window asks puts the lock off, also what is refused: the vault says until when. */
  private ask<K extends VaultAnswer['$']>(kind: K, request: VaultRequest): AnswerOf<K> {
    try {
      const answer = this.machine.ask(kind, 'Window', request);
      this.noteLock();
      return answer;
    } catch (error) {
      if (error instanceof VaultRefusal) this.noteLock();
      throw error;
    }
  }

  private noteLock(): void {
    if (this.status === 'unlocked') this.scheduleLock(this.putOff());
  }

  private putOff(): bigint | null {
    return this.machine.ask('Touched', 'Window', { $: 'Touch' }).lock_at;
  }

  private session(): VaultSession {
    return {
      lock_after: BigInt(this.settings.lockAfterMinutes) * 60_000_000n,
      policy: this.settings.autoReceive ? 'ReceiveSilently' : 'AskAlways',
    };
  }

  /** Putting the lock off is not worth a message for each key. */
  private touch(): void {
    const now = this.outside.clock.now();
    if (this.status !== 'unlocked' || now - this.lastTick < 1000) return;
    this.lastTick = now;
    this.scheduleLock(this.putOff());
  }

  // --- passwords --------------------------------------------------------------------------------

  private async derive(password: Secret, kdf: KdfParameters): Promise<Uint8Array> {
    const bytes = normal(password, 'NFKC');
    const stop = new AbortController();
    this.deriving = stop;
    try {
      return await this.outside.deriveKey(bytes, kdf, stop.signal);
    } finally {
      this.deriving = null;
      wipe(bytes);
    }
  }

  private cancel(): void {
    const message = 'It was cancelled.';
    this.deriving?.abort(new WalletError({ code: 'Cancelled', message }));
  }

  // For a file to be written: a fresh key, wiped afterwards.
  private async withSealing<T>(password: Secret, act: (sealing: Sealing) => T): Promise<T> {
    const kdf = { ...KDF_COST, salt: this.outside.random(16) };
    const wrap_key = await this.derive(password, kdf);
    try {
      return act({ kdf, wrap_key, nonce: this.outside.random(24) });
    } finally {
      wrap_key.fill(0);
    }
  }

  private checkNewPassword(password: Secret): void {
    if (characters(password) >= MIN_PASSWORD_CHARS) return;
    const message = `A password has at least ${MIN_PASSWORD_CHARS} characters.`;
    throw new WalletError({ code: 'BadInput', message });
  }

  private need(): StoredVault {
    if (this.file) return this.file;
    throw new WalletError({ code: 'NotFound', message: 'There is no wallet in this browser yet.' });
  }

  private tooSoon(): void {
    const now = this.outside.clock.now();
    if (this.retryAt === null || now >= this.retryAt) return;
    const seconds = Math.ceil((this.retryAt - now) / 1000);
    const message = `Too many wrong passwords: try again in ${seconds} s.`;
    throw new WalletError({ code: 'TooSoon', message, retryAt: this.retryAt });
  }

  // Opens the file with the password for one act; wrong passwords are counted before anybody hears.
  private withPassword<T>(password: Secret, act: (unlocking: Unlocking) => Promise<T>): Promise<T> {
    return this.passwords.run(async () => {
      const { sealed } = this.need();
      this.tooSoon();
      const request = { $: 'Inspect', kind: 'Vault', file: sealed } as const;
      const { kdf } = this.ask('Parameters', request);
      const wrap_key = await this.derive(password, kdf);
      const { failures, lastFailure } = this.throttle;
      const throttle = { failures, last_failure: toTimestamp(lastFailure) };
      try {
        const result = await act({ vault: sealed, wrap_key, throttle });
        if (failures > 0) await this.setThrottle({ failures: 0, lastFailure: 0n }, null);
        return result;
      } catch (error) {
        await this.countWrong(error);
        throw error;
      } finally {
        wrap_key.fill(0);
      }
    });
  }

  private async countWrong(error: unknown): Promise<void> {
    if (!(error instanceof VaultRefusal)) return;
    const { failure, throttle, retry_at } = error.failed;
    if (failure !== 'WrongPassword' && failure !== 'TooSoon') return;
    const stored = { failures: throttle.failures, lastFailure: throttle.last_failure };
    await this.setThrottle(stored, retry_at === null ? null : Number(retry_at / 1000n));
  }

  private async setThrottle(throttle: Throttle, retryAt: number | null): Promise<void> {
    this.throttle = throttle;
    this.retryAt = retryAt;
    await saveThrottle(this.outside, throttle);
    this.changed();
  }

  // With a key in common it is the same wallet: the vault has checked that each owner is its key's.
  private async keep(sealed: Uint8Array, made: VaultAccount[]): Promise<void> {
    const accounts = made.map(accountState);
    const same = this.file?.accounts.some((one) =>
      accounts.some(({ owner }) => owner === one.owner),
    );
    if (this.file && !same) await saveKeepFollowed(this.outside, (this.keepFollowed = false));
    const file = { sealed, accounts, wallet: (same && this.file?.wallet) || this.newWallet() };
    await saveVault(this.outside, file);
    this.file = file;
  }

  // --- making and restoring ---------------------------------------------------------------------

  /** A locked one, whose password is forgotten, may be replaced. */
  private needRoom(replace: boolean): void {
    if (!this.file || (replace && this.status === 'locked')) return;
    throw new WalletError({ code: 'AlreadyExists', message: 'There is a wallet.' });
  }

  /** What was just made, and is open, is stored; what could not be is closed again. */
  private async keepNew(vault: Uint8Array, accounts: VaultAccount[]): Promise<VaultState> {
    try {
      await this.keep(vault, accounts);
    } catch (error) {
      this.machine.ask('Locked', 'Window', { $: 'Lock' });
      throw error;
    }
    if (this.throttle.failures > 0) await this.setThrottle({ failures: 0, lastFailure: 0n }, null);
    this.opened(accounts, this.putOff());
    return this.state();
  }

  /** By the phrase of the wallet that it replaces: with the accounts and the names of before. */
  private asBefore(made: AnswerOf<'Sealed'>, { wrap_key }: Sealing): AnswerOf<'Sealed'> {
    const before = this.file?.accounts ?? [];
    const owners = made.accounts.map(({ owner }) => ownerToText(owner));
    if (!before.some(({ owner }) => owners.includes(owner))) return made;
    let all = made;
    for (const { owner, scheme, index, label } of before) {
      if (index === null) continue;
      const throttle = { failures: 0, last_failure: toTimestamp(0n) };
      const unlocking = { vault: all.vault, wrap_key, throttle };
      const change = { unlocking, nonce: this.outside.random(24), label };
      all = this.ask(
        'Sealed',
        owners.includes(owner)
          ? { $: 'Relabel', ...change, owner: ownerFromText(owner) }
          : { $: 'AddAccount', ...change, scheme, index },
      );
    }
    return all;
  }

  private keepSealed(request: VaultRequest): Promise<VaultState> {
    const { vault, accounts } = this.ask('Sealed', request);
    return this.keep(vault, accounts).then(() => {
      this.changed();
      return this.state();
    });
  }

  // --- what windows may ask ---------------------------------------------------------------------

  methods(): Handlers<VaultApi> & {
    setSession(params: Partial<SessionSettings>): Promise<void>;
  } {
    return { ...this.makingMethods(), ...this.passwordMethods(), ...this.openMethods() };
  }

  private makingMethods() {
    type M = Handlers<VaultApi>;
    const create: M['create'] = ({ phrase: given, passphrase, password, label, replace = false }) =>
      this.passwords.run(async () => {
        this.needRoom(replace);
        this.checkNewPassword(password);
        const words = phraseWordsOf(given);
        const { problem } = checkWords(words);
        if (problem) throw new WalletError({ code: 'BadPhrase', message: wrongPhrase[problem] });
        const secrets = {
          phrase: joinWords(words),
          passphrase: normal(passphrase ?? blankSecret(0), 'NFKD'),
        };
        const more = { label: label ?? 'Account 1', session: this.session() };
        const { vault, accounts } = await this.withSealing(password, (sealing) => {
          const request = { $: 'Create', ...secrets, sealing, ...more } as const;
          return this.asBefore(this.ask('Sealed', request), sealing);
        }).finally(() => Object.values(secrets).forEach(wipe));
        return this.keepNew(vault, accounts);
      });
    const openBackup: M['openBackup'] = ({ file, backupPassword, password, replace = false }) =>
      this.passwords.run(async () => {
        this.needRoom(replace);
        this.checkNewPassword(password);
        const inspect = { $: 'Inspect', kind: 'Backup', file } as const;
        const { kdf } = this.ask('Parameters', inspect);
        const backup_key = await this.derive(backupPassword, kdf);
        const session = this.session();
        const { vault, accounts, chains } = await this.withSealing(password, (sealing) => {
          const request = { $: 'OpenBackup', backup: file, backup_key, sealing, session } as const;
          return this.ask('Restored', request);
        }).finally(() => backup_key.fill(0));
        const state = await this.keepNew(vault, accounts);
        return { chains: chains.map(windowChain), state };
      });
    return {
      getState: async () => this.state(),
      makePhrase: async ({ words }: { words: 12 | 24 }) => ({
        phrase: makePhrase(this.outside.random((words * 4) / 3)),
      }),
      checkPhrase: async ({ phrase }: { phrase: Secret }) => checkWords(phraseWordsOf(phrase)),
      create,
      openBackup,
      cancel: async () => this.cancel(),
    };
  }

  private passwordMethods() {
    type M = Handlers<VaultApi>;
    const nonce = () => this.outside.random(24);
    const unlock: M['unlock'] = ({ password }) =>
      this.withPassword(password, async (unlocking) => {
        const request = { $: 'Open', unlocking, session: this.session() } as const;
        const { accounts, lock_at } = this.ask('Opened', request);
        this.opened(accounts, lock_at);
        return this.state();
      });
    const addAccount: M['addAccount'] = ({ password, scheme, label, index = null }) =>
      this.withPassword(password, (unlocking) =>
        this.keepSealed({ $: 'AddAccount', unlocking, nonce: nonce(), scheme, index, label }),
      );
    const lookAhead: M['lookAhead'] = ({ password, count }) =>
      this.withPassword(password, async (unlocking) => ({
        accounts: schemes.flatMap((scheme) => this.ownersAhead(unlocking, scheme, count)),
      }));
    const labelAccount: M['labelAccount'] = ({ password, owner, label }) =>
      this.withPassword(password, (unlocking) =>
        this.keepSealed({
          $: 'Relabel',
          unlocking,
          nonce: nonce(),
          owner: ownerFromText(owner),
          label,
        }),
      );
    const changePassword: M['changePassword'] = async ({ password, newPassword }) => {
      this.checkNewPassword(newPassword);
      await this.withPassword(password, (unlocking) =>
        this.withSealing(newPassword, (sealing) =>
          this.keepSealed({ $: 'Reseal', unlocking, sealing }),
        ),
      );
    };
    const revealPhrase: M['revealPhrase'] = ({ password }) =>
      this.withPassword(password, async (unlocking) => {
        const answer = this.ask('Phrase', { $: 'RevealPhrase', unlocking });
        const shown = { phrase: copyOf(answer.phrase), passphrase: copyOf(answer.passphrase) };
        answer.phrase.fill(0);
        answer.passphrase.fill(0);
        return shown;
      });
    const sealBackup: M['sealBackup'] = async ({ password, backupPassword, chains }) => {
      this.checkNewPassword(backupPassword);
      return this.withPassword(password, (unlocking) =>
        this.withSealing(backupPassword, (sealing) => {
          const listed = chains.map(coreChain);
          const request = { $: 'SealBackup', unlocking, sealing, chains: listed } as const;
          return { file: this.ask('Backup', request).backup };
        }),
      );
    };
    return {
      unlock,
      addAccount,
      lookAhead,
      labelAccount,
      changePassword,
      revealPhrase,
      sealBackup,
    };
  }

  private ownersAhead(unlocking: Unlocking, scheme: AccountState['scheme'], count: number) {
    const from = this.nextIndex(scheme);
    const request = { $: 'LookAhead', unlocking, scheme, from, count } as const;
    const { value: owners } = this.ask('Owners', request);
    return owners.map((owner, at) => ({ owner: ownerToText(owner), scheme, index: from + at }));
  }

  /** After the last account of that kind. */
  private nextIndex(scheme: AccountState['scheme']): number {
    const all = this.need().accounts.filter((one) => one.scheme === scheme && one.index !== null);
    return Math.max(-1, ...all.map(({ index }) => index!)) + 1;
  }

  // Proves the password before the only copy in this browser goes.
  private erase(password: Secret, keepFollowed: boolean): Promise<void> {
    return this.withPassword(password, async (unlocking) => {
      this.ask('Opened', { $: 'Open', unlocking, session: this.session() });
      this.machine.ask('Locked', 'Window', { $: 'Lock' });
      await saveKeepFollowed(this.outside, (this.keepFollowed = keepFollowed));
      await saveVault(this.outside, null);
      this.file = null;
      this.status = 'empty';
      this.forgetLock();
      this.changed();
    });
  }

  private openMethods() {
    type M = Handlers<VaultApi>;
    const approve: M['approve'] = async ({ block, network }) => {
      const { summary } = this.ask('Summary', { $: 'Summarize', value: block });
      await this.chainNetworks.note(toHex(summary.chain_id), network);
      const request = { $: 'Approve', network: hashFromText(network), block } as const;
      return windowSummary(this.ask('Approved', request));
    };
    const summarize: M['summarize'] = async ({ block }) =>
      windowSummary(this.ask('Summary', { $: 'Summarize', value: block }));
    const unapprove: M['unapprove'] = async ({ block, network }) => {
      const request = { $: 'Unapprove', network: hashFromText(network), block } as const;
      this.ask('Unapproved', request);
    };
    const signText: M['signText'] = async ({ owner, domain, text: message }) => {
      const request = {
        $: 'SignText',
        owner: ownerFromText(owner),
        domain,
        text: message,
      } as const;
      const { signature } = this.ask('TextSignature', request);
      return { signature: `0x${toHex(signature)}` };
    };
    return {
      erase: (({ password, keepFollowed = false }) =>
        this.erase(password, keepFollowed)) satisfies M['erase'],
      lock: async () => this.lock(),
      touch: async () => this.touch(),
      approve,
      summarize,
      unapprove,
      signText,
      setSession: async (change: Partial<SessionSettings>) => {
        const settings = checkedSettings({ ...this.settings, ...change });
        await saveSettings(this.outside, settings);
        this.settings = settings;
        if (this.status !== 'unlocked') return;
        const request = { $: 'SetSession', session: this.session() } as const;
        this.scheduleLock(this.machine.ask('Touched', 'Window', request).lock_at);
      },
    };
  }

  /** What the engine may ask. */
  signerMethods(emit: (state: SignerState) => void): Handlers<SignerApi> {
    return {
      hello: async () => {
        emit(this.signerState());
        return null;
      },
      unapprove: async ({ network, block }) => {
        this.machine.ask('Unapproved', 'Engine', { $: 'Unapprove', network, block });
      },
      sign: async ({ owner, network, content }) => {
        const request = { $: 'Sign', owner, network, content } as const;
        const { signature, fast } = this.machine.ask('Signature', 'Engine', request);
        if (fast) await this.fastRecord.keep(fast);
        return { signature };
      },
    };
  }
}
