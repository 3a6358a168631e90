// The contract between a wallet window and the two workers behind it. A window holds two ports:
// the wallet port (engine worker) and the vault port (vault worker). Passwords and phrases travel
// on the vault port alone. Amounts are attos (10^-18 of a token) as bigint; ids, owners and hashes
// are text in Linera's forms: 64 hex digits without 0x, owners 0x + 40 or 64, 0x00 = the chain.
import type {
  ApplicationDescription,
  ApplicationPermissions,
  Operation,
  SystemOperation,
} from '@mica/bindings/types';
import type { AddressProblem } from './addresses.ts';
import type { Approval, ApprovalSummary } from './approvals.ts';
import type { WalletFailure } from './failures.ts';
import type { HostState } from './hosts.ts';
import type { Secret } from './secret.ts';

export * from './approvals.ts';
export * from './effects.ts';
export * from './failures.ts';
export * from './hosts.ts';
export type { Secret } from './secret.ts';

export type ChainIdText = string;
export type OwnerText = string;
export type HashText = string;
export type Attos = bigint;
/** Milliseconds since 1970. */
export type Millis = number;

// --- state ------------------------------------------------------------------------------------

export interface NetworkEntry {
  id: string;
  name: string;
  faucetUrl: string;
  /** Unknown until the faucet has answered once. */
  genesisHash: HashText | null;
  /** Known to be for trying: what it is called money there is worth nothing. */
  testMoney?: boolean;
}

export interface ValidatorView {
  publicKey: string;
  address: string;
  subscribed: boolean;
  failuresInARow: number;
  lastError: string;
}

export interface NetworkState extends NetworkEntry {
  /** reset: a known address now shows another genesis; nothing was mixed or deleted. */
  status: 'opening' | 'ready' | 'offline' | 'reset' | 'failed';
  failure: WalletFailure | null;
  validators: ValidatorView[];
  /** This computer's clock against the validators': null while it is right or unknown. */
  clockAheadMs: Millis | null;
  /** The stored chains were lost or damaged and are fetched again; until dismissStoreLost. */
  storeLost: boolean;
}

export interface AccountState {
  owner: OwnerText;
  label: string;
  scheme: 'EvmSecp256k1' | 'Ed25519';
  /** Index in the phrase's tree, or null for an imported key. */
  index: number | null;
}

/** unknownWords: not in the list. checksum: one word is wrong, or two changed places. */
export type PhraseProblem = 'unknownWords' | 'count' | 'checksum';

export interface VaultState {
  /** starting: the vault worker has not answered yet. empty: no wallet made or restored so far. */
  status: 'starting' | 'empty' | 'locked' | 'unlocked';
  accounts: AccountState[];
  lockAt: Millis | null;
  lockReason: 'Asked' | 'Idle' | 'ClockJump' | null;
  /** After wrong passwords: no try before this. */
  retryAt: Millis | null;
  /** The engine has stopped; it is started again then. The vault says so, for it still runs. */
  engineRetryAt?: Millis | null;
}

/**
 * Failed: they do not execute. TooLarge: they fit no block. NotSupported: this version does not
 * know them. TooCostly: their fees are above the limit of the settings. Unanswered: a host outside
 * that they ask gave no answer.
 */
export type WaitReason = 'Failed' | 'TooLarge' | 'NotSupported' | 'TooCostly' | 'Unanswered';

interface WaitingMessages {
  reason: WaitReason;
  count: number;
}

/** Blocks from `height` on are certified, and this version cannot execute them. */
interface NotExecuted {
  height: bigint;
  /** The newest of them that is known here. */
  lastCertified: bigint;
  /** In English, for the fold. */
  reason: string;
}

/** A block that this wallet did not sign: another owner's, or one made on another device. */
export interface LockedBlock {
  height: bigint;
  /** Who speaks in it. */
  signer: OwnerText | null;
  /** By a quorum of the validators; false: proposed in the fast round. */
  validated: boolean;
}

export interface ChainView {
  chainId: ChainIdText;
  label: string;
  /** Who proposes for this wallet; null: the chain is only followed. */
  owner: OwnerText | null;
  isDefault: boolean;
  chainBalance: Attos;
  ownerBalances: { owner: OwnerText; balance: Attos }[];
  /** Credits waiting in the inbox, not yet received by a block. */
  incomingAmount: Attos;
  incomingCount: number;
  /** Operations that wait to bring the chain to the network's newest committee. */
  epochChanges: number;
  /** Events of other chains' streams that its applications have not processed. */
  newEvents: number;
  /** Messages that no block could receive yet, and why. */
  waiting: WaitingMessages[];
  nextBlockHeight: bigint;
  /** A block of ours is signed but not yet certified: "outcome unknown, still trying". */
  pendingHeight: bigint | null;
  /** With a quorum, since the engine was started. */
  synchronized: boolean;
  closed: boolean;
  /** What applications may do on it, and which must be in each block. */
  applicationPermissions: ApplicationPermissions;
  /** All that is told of the chain is from before that block. */
  notExecuted: NotExecuted | null;
  /** Of an own chain: what must be certified before any other block. */
  locked: LockedBlock | null;
  /** What the engine is doing on it now. */
  busy: 'receiving' | 'sending' | 'synchronizing' | null;
  /** The last thing that failed in the background (receiving, retrying). */
  failure: WalletFailure | null;
}

export interface SiteState {
  origin: string;
  chainIds: ChainIdText[];
  /** It may also read chains that are not in this wallet. */
  readsOthers: boolean;
  connectedAt: Millis;
  lastUsedAt: Millis;
}

/** Those that windows have texts in. */
export const LANGUAGES = ['en', 'de'] as const;
export type LanguageName = (typeof LANGUAGES)[number];

export interface Settings {
  theme: 'system' | 'light' | 'dark';
  /** `browser`: the first of the browser's that there is. */
  language: 'browser' | LanguageName;
  /** Receive without a window when unlocked (DESIGN 9). */
  autoReceive: boolean;
  /** Receiving may lower no balance by more than this. */
  receiveFeeCap: Attos;
  lockAfterMinutes: number;
  notifications: boolean;
}

/** Everything a window shows but activity and approvals' details. Sent whole at each change. */
export interface WalletState {
  vault: VaultState;
  network: NetworkState | null;
  /** A faucet is being asked; meanwhile `network` is what it was, or what is being opened. */
  busyNetwork?: { name: string; doing: 'adding' | 'switching' } | null;
  networks: NetworkEntry[];
  chains: ChainView[];
  /** Waiting for a person, oldest first. */
  approvals: ApprovalSummary[];
  sites: SiteState[];
  /** Origins that the person has blocked, in order. */
  blockedSites: string[];
  /** Those that applications may have asked, of all networks, newest first. */
  hosts: HostState[];
  settings: Settings;
  version: string;
}

// --- activity ---------------------------------------------------------------------------------

type ActivityDirection = 'in' | 'out' | 'self' | 'none';

/** One operation or received bundle of a block: what happened, for one component each to say. */
export type BlockLine =
  | {
      kind: 'System';
      operation: SystemOperation;
      /** Of the blob that it publishes, where that is known. */
      blobBytes?: number;
    }
  | { kind: 'Application'; applicationId: HashText; operationBytes: number }
  | {
      kind: 'Received';
      origin: ChainIdText;
      action: 'Accept' | 'Reject';
      /** What it brings to this chain, less what it claims from it; rejected, nothing. */
      amount: Attos;
      messages: number;
    };

export interface ActivityEntry {
  chainId: ChainIdText;
  height: bigint;
  blockHash: HashText;
  /** Delivered: a quorum says that every recipient's inbox has its messages. */
  state: 'proposed' | 'certified' | 'delivered';
  time: Millis;
  direction: ActivityDirection;
  /** What came in less what went out by this block, without fees; negative for out. */
  amount: Attos;
  /** What the block did, a line for each operation and bundle; the first speaks for the block. */
  lines: BlockLine[];
  counterparty: string | null;
}

// --- approvals --------------------------------------------------------------------------------

/** The vault's own reading of a block: compare it with what the engine says the block does. */
export interface BlockSummary {
  blockHash: HashText;
  chainId: ChainIdText;
  height: bigint;
  signer: OwnerText | null;
  operations: Operation[];
  acceptedBundles: number;
  rejectedBundles: number;
}

/** What a certified block is known by. */
export interface BlockReceipt {
  chainId: ChainIdText;
  height: bigint;
  blockHash: HashText;
  /** BCS of the ConfirmedBlockCertificate, as hex. */
  certificate: string;
}

export interface RecipientCheck {
  /** Normalised; null when `problem` is set. */
  recipient: { chainId: ChainIdText; owner: OwnerText } | null;
  problem: AddressProblem | null;
  /** null: too few validators answered to say. */
  exists: boolean | null;
  /** The recipient is a chain of this wallet. */
  own: boolean;
}

export interface TransferOrder {
  chainId: ChainIdText;
  /** Default: 0x00, the chain's own balance. */
  source?: OwnerText;
  recipient: string;
  amount: Attos;
}

/** An application that has state on a chain. */
export interface ApplicationState {
  applicationId: HashText;
  /** What it was made from; null: it is not stored here. */
  description: ApplicationDescription | null;
}

interface ApplicationQuestion {
  chainId: ChainIdText;
  applicationId: HashText;
  /** As the application takes it; by convention JSON of GraphQL. */
  query: string;
}

export interface FoundChain {
  chainId: ChainIdText;
  owner: OwnerText;
}

export interface BackedUpChain {
  networkName: string;
  genesisHash: HashText;
  faucetUrl: string;
  chainId: ChainIdText;
  owner: OwnerText | null;
  label: string;
}

// --- methods ----------------------------------------------------------------------------------

/** On the wallet port. Every method rejects with WalletError. */
export interface WalletApi {
  getState(params: Record<string, never>): Promise<WalletState>;

  addNetwork(params: { name: string; faucetUrl: string }): Promise<NetworkEntry>;
  switchNetwork(params: { id: string }): Promise<void>;
  renameNetwork(params: { id: string; name: string }): Promise<void>;
  /** Not the one in use; its store stays, so that adding it again finds everything. */
  removeNetwork(params: { id: string }): Promise<void>;
  /** The network was reset: start anew with the genesis that the faucet shows now. */
  acceptReset(params: Record<string, never>): Promise<void>;

  /**
   * After StorageCorrupt: goes on with what can be read (the rest is kept aside), and fetches the
   * wallet's chains again; if it has no list of them, those of its accounts that the faucet knows.
   */
  repairStore(params: Record<string, never>): Promise<{ chainIds: ChainIdText[] }>;
  /** The person has read `storeLost`. */
  dismissStoreLost(params: Record<string, never>): Promise<void>;

  /**
   * Asks the faucet for a chain of this owner; the same owner always gets the same one. `networkId`
   * is the entry that the person sees: another one in use by then refuses it (Conflict). When the
   * network is switched while the faucet is asked, the chain is noted on the one that was asked.
   */
  claimChain(params: {
    owner: OwnerText;
    label?: string;
    networkId?: string;
  }): Promise<{ chainId: ChainIdText }>;
  /** After a restore: chains the faucet knows for these owners, now tracked. */
  findChains(params: { owners: OwnerText[] }): Promise<{ found: FoundChain[] }>;
  /** By hand. Without `owner`: the account of this wallet that owns it, or only followed. */
  trackChain(params: {
    chainId: ChainIdText;
    owner?: OwnerText | null;
    label?: string;
  }): Promise<void>;
  forgetChain(params: { chainId: ChainIdText }): Promise<void>;
  labelChain(params: { chainId: ChainIdText; label: string }): Promise<void>;
  setDefaultChain(params: { chainId: ChainIdText }): Promise<void>;
  synchronize(params: { chainId: ChainIdText }): Promise<void>;
  /** Receives what waits in the inbox (needs an unlocked vault). */
  receive(params: { chainId: ChainIdText }): Promise<void>;
  /** Goes on with the block of pendingHeight. */
  retryPending(params: { chainId: ChainIdText }): Promise<void>;
  /**
   * An approval of the block of pendingHeight, for when going on failed with SignerRefused; needs
   * a signature for another round, and the vault has forgotten the yes (it was started anew).
   */
  showPending(params: { chainId: ChainIdText }): Promise<{ approvalId: string }>;
  /** An approval of the chain's `locked` block, which carries it on until it is certified. */
  showLocked(params: { chainId: ChainIdText }): Promise<{ approvalId: string }>;

  /** A chain id, owner@chain or chain:owner. Asks validators whether the chain exists. */
  checkRecipient(params: { text: string }): Promise<RecipientCheck>;
  /** Makes an approval of the wallet's own; show it with the same component as a page's. */
  prepareTransfer(params: TransferOrder): Promise<{ approvalId: string }>;
  /** What that would cost, executed here on the chain as it is; nothing waits or is kept. */
  estimateTransfer(params: TransferOrder): Promise<{ fees: Attos }>;
  listApplications(params: { chainId: ChainIdText }): Promise<ApplicationState[]>;
  /**
   * Runs its service here; nothing is signed or sent. `operations`: how many it schedules, for
   * prepareMutation.
   */
  queryApplication(params: ApplicationQuestion): Promise<{ response: string; operations: number }>;
  /** An approval of the wallet's own, of the operations that it schedules; NothingToDo: none. */
  prepareMutation(params: ApplicationQuestion): Promise<{ approvalId: string }>;
  /** Rejects with why it is over, once it is. */
  getApproval(params: { id: string }): Promise<Approval>;
  /**
   * While asking, after WalletHost.askForHost: this host is asked, now and from now on. Rejects
   * with Conflict when it is another that the block needs.
   */
  allowHost(params: { id: string; origin: string }): Promise<void>;
  /** Applications have it asked no more. */
  forgetHost(params: { network: HashText; origin: string }): Promise<void>;
  /** connect: which chains the site may see, and, if it asked, whether it may read others. */
  approveConnect(params: {
    id: string;
    chainIds: ChainIdText[];
    readsOthers?: boolean;
  }): Promise<void>;
  /**
   * After vault.approve({block}). Resolves when a quorum has certified. Rejects with OutcomeUnknown
   * when it could not be told: the wallet goes on trying and shows it in the activity. A second
   * call, of another window, gets what the first one gets.
   */
  confirmBlock(params: { id: string; revision: number }): Promise<BlockReceipt>;
  /** After vault.signText(). */
  approveText(params: { id: string; signature: string }): Promise<void>;
  /**
   * The page gets 4001; nothing is sent. Closing a window without a word is the same. Rejects with
   * Busy when it was approved already.
   */
  reject(params: { id: string }): Promise<void>;

  getActivity(params: {
    chainId: ChainIdText;
    /** Only below this height; absent: from the newest. */
    below?: bigint;
    limit: number;
  }): Promise<ActivityEntry[]>;
  getCertificate(params: { blockHash: HashText }): Promise<{ certificate: string }>;

  /** `readsOthers` false: it reads no others any more, and what was fetched for it is forgotten. */
  setSiteChains(params: {
    origin: string;
    chainIds: ChainIdText[];
    readsOthers?: boolean;
  }): Promise<void>;
  revokeSite(params: { origin: string }): Promise<void>;
  /**
   * Disconnects it, on whatever network, and ends what it asked for; from now on it gets an error
   * at once (4100 Blocked) and never a window.
   */
  blockSite(params: { origin: string }): Promise<void>;
  /** Also ends the time in which a site raises no window after a no. */
  unblockSite(params: { origin: string }): Promise<void>;
  setSettings(params: Partial<Settings>): Promise<void>;

  /** For vault.sealBackup: of all networks. */
  listBackupChains(params: Record<string, never>): Promise<BackedUpChain[]>;
  /**
   * After vault.openBackup. Chains of other networks are noted there (a network that is not in the
   * list is added) and fetched when it is opened. `missing`: what could not be taken, and why.
   */
  importBackupChains(params: {
    chains: BackedUpChain[];
  }): Promise<{ missing: { chain: BackedUpChain; why: WalletFailure }[] }>;
}

/** On the vault port. Every method rejects with WalletError (WrongPassword has retryAt). */
export interface VaultApi {
  getState(params: Record<string, never>): Promise<VaultState>;
  /** A fresh English BIP-39 phrase; nothing is stored. */
  makePhrase(params: { words: 12 | 24 }): Promise<{ phrase: Secret }>;
  /** Words not in the list (by position, from 0), and whether count and check bits are right. */
  checkPhrase(params: { phrase: Secret }): Promise<{
    ok: boolean;
    unknownWords: number[];
    problem: PhraseProblem | null;
  }>;
  /**
   * Makes or restores a wallet; unlocked afterwards. Takes a second: Argon2id. `replace`: a locked
   * one, whose password is forgotten, makes room. If they share a key it is the same wallet: its
   * other accounts of the phrase come along, and its chains and sites stay; else all of it goes,
   * as by erase.
   */
  create(params: {
    phrase: Secret;
    passphrase?: Secret;
    password: Secret;
    label?: string;
    replace?: boolean;
  }): Promise<VaultState>;
  unlock(params: { password: Secret }): Promise<VaultState>;
  lock(params: Record<string, never>): Promise<void>;
  /** The person is there (pointer or key): puts the lock off. At most once in ten seconds. */
  touch(params: Record<string, never>): Promise<void>;
  addAccount(params: {
    password: Secret;
    scheme: AccountState['scheme'];
    label: string;
    /** In the phrase's tree; absent: the next that is free. */
    index?: number;
  }): Promise<VaultState>;
  /** The next accounts that the phrase gives, `count` of each scheme; none of them is added. */
  lookAhead(params: {
    password: Secret;
    count: number;
  }): Promise<{ accounts: Omit<AccountState, 'label'>[] }>;
  labelAccount(params: { password: Secret; owner: OwnerText; label: string }): Promise<VaultState>;
  changePassword(params: { password: Secret; newPassword: Secret }): Promise<void>;
  revealPhrase(params: { password: Secret }): Promise<{ phrase: Secret; passphrase: Secret }>;
  /** The encrypted file, to be saved by the window. */
  sealBackup(params: {
    password: Secret;
    backupPassword: Secret;
    chains: BackedUpChain[];
  }): Promise<{ file: Uint8Array }>;
  /**
   * A new wallet from such a file; unlocked afterwards. Then wallet.importBackupChains. `replace`
   * as in create.
   */
  openBackup(params: {
    file: Uint8Array;
    backupPassword: Secret;
    password: Secret;
    replace?: boolean;
  }): Promise<{ chains: BackedUpChain[]; state: VaultState }>;
  /** Ends the Argon2id under way, if there is one: whoever waits for it gets Cancelled. */
  cancel(params: Record<string, never>): Promise<void>;
  /** What the vault reads in a block (Approval.block); nothing is approved by it. */
  summarize(params: { block: Uint8Array }): Promise<BlockSummary>;
  /**
   * The person said yes to exactly this block, on this network (Approval.block and .network).
   * Rejects with Outdated if a later block of the chain was approved before: it is not signed.
   */
  approve(params: { block: Uint8Array; network: HashText }): Promise<BlockSummary>;
  /** Takes that back. The engine does so by itself when nobody waits for the block any more. */
  unapprove(params: { block: Uint8Array; network: HashText }): Promise<void>;
  /** Signs sign-in text for a page; the vault checks text against domain itself. */
  signText(params: {
    owner: OwnerText;
    domain: string;
    text: string;
  }): Promise<{ signature: string }>;
  /**
   * Deletes the wallet from this browser: keys, chains, labels, sites, requests and history of all
   * networks; the phrase or a backup is then the only way back. With `keepFollowed` chains that
   * this wallet only followed stay.
   */
  erase(params: { password: Secret; keepFollowed?: boolean }): Promise<void>;
}

/** What arrives unasked. */
export interface WalletEvents {
  state: WalletState;
  /** An approval got effects, changed or went away. */
  approval: { id: string };
  /** Something new in a chain's activity. */
  activity: { chainId: ChainIdText };
}

export interface VaultEvents {
  state: VaultState;
}

// --- what a window gets and gives -------------------------------------------------------------

export interface Remote<Events> {
  on<K extends keyof Events>(event: K, listener: (value: Events[K]) => void): () => void;
}

export type WalletView =
  | { page: 'popup' }
  | { page: 'tab' }
  | { page: 'sidepanel' }
  /** The approval window: shows the queue's oldest, or the one named; closes when there is none. */
  | { page: 'approval'; id?: string };

/**
 * What web/wallet is mounted with. web/wallet/index.tsx exports
 *   mountWallet(root: HTMLElement, host: WalletHost): void
 * and its styles are imported from there. It calls no chrome.* itself.
 */
export interface WalletHost {
  wallet: WalletApi & Remote<WalletEvents>;
  vault: VaultApi & Remote<VaultEvents>;
  view: WalletView;
  /** Opens the wallet in a tab, at a route of its own choice. */
  openTab(route: string): void;
  openSidePanel?(): void;
  /** The browser's own leave to reach it; to be called in a click, before anything else. */
  askForHost(origin: string): Promise<boolean>;
  /** Half-filled forms, kept until the browser ends, for every window. No secret is among them. */
  drafts: {
    load(): Promise<Record<string, unknown>>;
    /** Null forgets it. */
    save(name: string, value: unknown): Promise<void>;
  };
  /** Hands the person a file. */
  saveFile(name: string, bytes: Uint8Array): void;
  close(): void;
}
