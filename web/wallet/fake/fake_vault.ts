// A vault without cryptography, for previews and tests. The password of its scenes is "password".
import { generateMnemonic, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import {
  WalletError,
  type AccountState,
  type BackedUpChain,
  type FailureCode,
  type Secret,
  type VaultApi,
  type VaultEvents,
  type VaultState,
} from '@mica/wallet-contract/api';
import { secretOf, textOf, phraseWordsOf } from '@mica/wallet-contract/secret';
import { pause } from '@mica/bindings/wake';
import { Emitter } from './events.ts';
import { summaryOf } from './fake_block.ts';
import { alice, aliceKey, fakeOwner } from './fake_data.ts';

const FREE_TRIES = 2;
const known = new Set(wordlist);

const fail = (code: FailureCode, message: string, retryAt?: number): never => {
  throw new WalletError({ code, message, ...(retryAt ? { retryAt } : {}) });
};

export interface FakeVaultOptions {
  status: VaultState['status'];
  password?: string;
  accounts?: AccountState[];
  delayMs?: number;
  retryAt?: number;
  lockReason?: VaultState['lockReason'];
  engineRetryAt?: number;
}

export class FakeVault extends Emitter<VaultEvents> implements VaultApi {
  phrase = '';
  passphrase = '';
  approved: Uint8Array[] = [];
  touches = 0;
  password: string;
  private state: VaultState;
  private wrong = 0;
  private readonly delayMs: number;

  constructor(options: FakeVaultOptions) {
    super();
    this.password = options.password ?? 'password';
    this.delayMs = options.delayMs ?? 0;
    this.phrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
    this.state = {
      status: options.status,
      accounts: options.status === 'empty' ? [] : (options.accounts ?? [aliceKey]),
      lockAt: null,
      lockReason: options.lockReason ?? null,
      retryAt: options.retryAt ?? null,
      engineRetryAt: options.engineRetryAt ?? null,
    };
  }

  private set(change: Partial<VaultState>): VaultState {
    this.state = { ...this.state, ...change };
    this.emit('state', this.state);
    return structuredClone(this.state);
  }
  private async check(secret: Secret): Promise<void> {
    const password = textOf(secret);
    await pause(this.delayMs);
    const { retryAt } = this.state;
    if (retryAt && Date.now() < retryAt) fail('TooSoon', 'Too many wrong passwords.', retryAt);
    if (password === this.password) {
      this.wrong = 0;
      return;
    }
    this.wrong += 1;
    const later = this.wrong > FREE_TRIES ? Date.now() + 1000 * 2 ** this.wrong : null;
    this.set({ retryAt: later });
    fail('WrongPassword', 'This is not the password of this wallet.', later ?? undefined);
  }

  getState = async () => structuredClone(this.state);
  makePhrase = async ({ words }: { words: 12 | 24 }) => ({
    phrase: secretOf(generateMnemonic(wordlist, words === 12 ? 128 : 256)),
  });
  checkPhrase = async ({ phrase }: { phrase: Secret }) => {
    const words = phraseWordsOf(phrase);
    const unknownWords = words.flatMap((word, at) => (known.has(word) ? [] : [at]));
    const ok = validateMnemonic(words.join(' '), wordlist);
    const problem = [12, 15, 18, 21, 24].includes(words.length) ? 'checksum' : 'count';
    const found = unknownWords.length > 0 ? 'unknownWords' : problem;
    return { ok, unknownWords, problem: ok ? null : found } as const;
  };
  private needRoom(replace = false): void {
    const { status } = this.state;
    if (status === 'empty' || (replace && status === 'locked')) return;
    fail('AlreadyExists', 'There is a wallet.');
  }
  create: VaultApi['create'] = async ({ phrase, passphrase, password, replace }) => {
    this.needRoom(replace);
    await this.derive();
    this.phrase = textOf(phrase);
    this.passphrase = passphrase ? textOf(passphrase) : '';
    this.password = textOf(password);
    return this.set({ status: 'unlocked', accounts: [aliceKey] });
  };
  unlock: VaultApi['unlock'] = async ({ password }) => {
    await this.check(password);
    return this.set({ status: 'unlocked', retryAt: null, lockReason: null });
  };
  lock = async () => void this.set({ status: 'locked', lockReason: 'Asked' });
  touch = async () => void (this.touches += 1);
  addAccount: VaultApi['addAccount'] = async ({ password, scheme, label, index: given }) => {
    await this.check(password);
    const { accounts } = this.state;
    const index = given ?? accounts.length;
    const owner = fakeOwner(scheme, index);
    return this.set({ accounts: [...accounts, { owner, label, scheme, index }] });
  };
  lookAhead: VaultApi['lookAhead'] = async ({ password, count }) => {
    await this.check(password);
    const schemes = ['EvmSecp256k1', 'Ed25519'] as const;
    const accounts = schemes.flatMap((scheme) => {
      const last = this.state.accounts.findLast((one) => one.scheme === scheme)?.index ?? -1;
      return Array.from({ length: count }, (_, at) => {
        const index = last + 1 + at;
        return { owner: fakeOwner(scheme, index), scheme, index };
      });
    });
    return { accounts };
  };
  /** Of what takes its time. */
  private stop: (() => void) | null = null;
  private async derive(): Promise<void> {
    const cancelled = new WalletError({ code: 'Cancelled', message: 'It was cancelled.' });
    const stopped = new Promise<never>((_, no) => (this.stop = () => no(cancelled)));
    await Promise.race([pause(this.delayMs), stopped]);
  }
  cancel: VaultApi['cancel'] = async () => this.stop?.();

  labelAccount: VaultApi['labelAccount'] = async ({ password, owner, label }) => {
    await this.check(password);
    const rename = (one: AccountState) => (one.owner === owner ? { ...one, label } : one);
    return this.set({ accounts: this.state.accounts.map(rename) });
  };
  changePassword: VaultApi['changePassword'] = async ({ password, newPassword }) => {
    await this.check(password);
    this.password = textOf(newPassword);
  };
  revealPhrase: VaultApi['revealPhrase'] = async ({ password }) => {
    await this.check(password);
    return { phrase: secretOf(this.phrase), passphrase: secretOf(this.passphrase) };
  };
  sealBackup: VaultApi['sealBackup'] = async ({ password, backupPassword, chains }) => {
    await this.check(password);
    return {
      file: new TextEncoder().encode(
        JSON.stringify({ backupPassword: textOf(backupPassword), chains }),
      ),
    };
  };
  openBackup: VaultApi['openBackup'] = async ({ file, backupPassword, password, replace }) => {
    this.needRoom(replace);
    await this.derive();
    let content: { backupPassword: string; chains: BackedUpChain[] };
    try {
      content = JSON.parse(new TextDecoder().decode(file)) as typeof content;
    } catch {
      return fail('Damaged', 'This file is no backup, or it is damaged.');
    }
    if (content.backupPassword !== textOf(backupPassword))
      fail('WrongPassword', 'It does not open it.');
    this.password = textOf(password);
    const state = this.set({ status: 'unlocked', accounts: [aliceKey] });
    return { chains: content.chains, state };
  };
  approve: VaultApi['approve'] = async ({ block }) => {
    if (this.state.status !== 'unlocked') fail('Locked', 'The wallet is locked.');
    this.approved.push(block);
    return this.summarize({ block });
  };
  summarize: VaultApi['summarize'] = async ({ block }) => summaryOf(block);
  unapprove: VaultApi['unapprove'] = async ({ block }) => {
    this.approved = this.approved.filter((one) => one !== block);
  };
  signText: VaultApi['signText'] = async ({ owner, domain, text }) => {
    if (owner !== alice) fail('UnknownOwner', 'This wallet has no such key.');
    if (!text.startsWith(domain)) fail('BadText', 'The text names another page.');
    return { signature: `0x${'5a'.repeat(65)}` };
  };
  /** What was asked of erase. */
  keptFollowed: boolean | null = null;
  erase: VaultApi['erase'] = async ({ password, keepFollowed = false }) => {
    await this.check(password);
    this.keptFollowed = keepFollowed;
    this.set({ status: 'empty', accounts: [] });
  };
}
