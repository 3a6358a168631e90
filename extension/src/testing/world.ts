// A wallet service over a fake engine, with time and storage by hand.
import type { VaultState } from '@mica/wallet-contract/api';
import { FakeClock } from '@mica/bindings/fake_clock';
import { toHex } from '@mica/bindings/text';
import type { HostQuestion } from '@mica/bindings/ask_host';
import type { Response as HostAnswer } from '@mica/bindings/types';
import { ClientError } from '@mica/bindings/client_host';
import type { PageSender } from '../doors/page.ts';
import type { SignerState } from '../vault/signer_api.ts';
import type { Outside } from '../engine/outside.ts';
import { walletMethods } from '../engine/wallet_methods.ts';
import { WalletService } from '../engine/wallet_service.ts';
import {
  alice,
  chainA,
  chainB,
  clearDisk,
  FakeEngine,
  newDisk,
  summary,
  token,
  type Disk,
} from './fake_engine.ts';

export const site: PageSender = { origin: 'https://shop.example', tabId: 1, documentId: 'D1' };

/** Of another network. */
export const secondFaucet = 'https://second.example/';

const vaultState = (status: VaultState['status']): SignerState => ({
  status,
  accounts: [{ owner: alice, label: 'Account 1', scheme: 'EvmSecp256k1', index: 0 }],
  lockAt: null,
  lockReason: null,
  retryAt: null,
  wallet: 'first',
  keepFollowed: false,
});

/** Outside: what was asked, what is answered, and which leave the browser was given back. */
export interface Hosts {
  asked: HostQuestion[];
  answer: (question: HostQuestion) => Promise<HostAnswer | 'NotAllowed'>;
  dropped: string[];
}
const newHosts = (): Hosts => ({
  asked: [],
  answer: async () => ({ status: 200, headers: [], body: new TextEncoder().encode('42') }),
  dropped: [],
});

export interface World {
  service: WalletService;
  engine: FakeEngine;
  /** That of the network that is open now, or was last. */
  newestEngine(): FakeEngine;
  disk: Disk;
  storage: Map<string, unknown>;
  /** The extension's own storage takes nothing. */
  own: { fails: boolean };
  methods: ReturnType<typeof walletMethods>;
  toPage: { documentId: string; message: Record<string, unknown> }[];
  notices: string[];
  /** Blocks that the vault was told to forget. */
  withdrawn: Uint8Array[];
  opened: { count: number };
  hosts: Hosts;
  genesis: { text: string; fails: boolean };
  clock: FakeClock;
  unlock(): void;
  /** What the vault says, where it differs from unlocked. */
  vault(change: Partial<SignerState>): void;
  lock(): void;
  /** The vault was deleted. */
  erase(): void;
  /** Lets promises run and timers that are due fire. */
  settle(ms?: number): Promise<void>;
  /** The site asks; the person has just clicked in it. */
  ask(method: string, params?: unknown, id?: string, activated?: boolean): Promise<unknown>;
}

/** Each network has a disk of its own. */
function openerOf(disks: Map<string, Disk>, engines: FakeEngine[]): Outside['openEngine'] {
  return async (text, options) => {
    const { network_name: name } = JSON.parse(text) as { network_name: string };
    const its = disks.get(name) ?? newDisk();
    disks.set(name, its);
    if (its.corrupt && !options.setAsideDamage) {
      throw new ClientError('StorageCorrupt', 'log-0 is damaged');
    }
    its.corrupt = false;
    const engine = new FakeEngine(its, options.onNews, name);
    engine.onStorageFailure = options.onStorageFailure;
    engine.askHost = options.askHost;
    engines.push(engine);
    return engine;
  };
}

const storageOf = (
  storage: Map<string, unknown>,
  own: World['own'],
): Pick<Outside, 'load' | 'save' | 'keys'> => ({
  load: async <T>(key: string) => (storage.get(key) ?? null) as T | null,
  save: async (key, value) => {
    if (own.fails) throw new Error('no room');
    storage.set(key, structuredClone(value));
  },
  keys: async (prefix) => [...storage.keys()].filter((key) => key.startsWith(prefix)),
});

const vaultOf = (service: WalletService): Pick<World, 'vault' | 'unlock' | 'lock' | 'erase'> => ({
  vault: (change) => service.vaultChanged({ ...vaultState('unlocked'), ...change }),
  unlock: () => service.vaultChanged(vaultState('unlocked')),
  lock: () => service.vaultChanged(vaultState('locked')),
  erase: () => service.vaultChanged({ ...vaultState('empty'), accounts: [], wallet: null }),
});

export async function makeWorld(
  disk = newDisk(),
  storage = new Map<string, unknown>(),
  chainsOfNewDisk = [summary(chainA, 10n * token, alice), summary(chainB, 5n * token, alice)],
  start = 1_000_000,
): Promise<World> {
  if (disk.chains.size === 0) {
    for (const chain of chainsOfNewDisk) disk.chains.set(toHex(chain.chain_id), chain);
  }
  const clock = new FakeClock(start);
  const engines: FakeEngine[] = [];
  const disks = new Map([['test', disk]]);
  const toPage: World['toPage'] = [];
  const notices: string[] = [];
  const withdrawn: Uint8Array[] = [];
  const opened = { count: 0 };
  const hosts = newHosts();
  const own = { fails: false };
  const genesis = { text: '{"network_name":"test"}', fails: false };
  let ids = 0;
  const outside: Outside = {
    clock,
    openEngine: openerOf(disks, engines),
    faucet: (url) => ({
      genesisConfig: async () =>
        url === secondFaucet ? '{"network_name":"second"}' : genesis.text,
      claim: async () => chainA,
      chainOf: async () => chainA,
    }),
    ...storageOf(storage, own),
    unapprove: (_network, block) => void withdrawn.push(block),
    deleteStores: async () => disks.forEach(clearDisk),
    toPage: ({ documentId }, text) =>
      void toPage.push({ documentId, message: JSON.parse(text) as Record<string, unknown> }),
    badge: () => undefined,
    notify: ({ id }) => void notices.push(id),
    openApprovalWindow: () => void (opened.count += 1),
    askHost: (question) => {
      hosts.asked.push(question);
      return hosts.answer(question);
    },
    dropHost: (origin) => void hosts.dropped.push(origin),
    newId: () => `id-${(ids += 1)}`,
  };
  const service = new WalletService(outside, 'test');
  const settle = (ms = 100) => clock.pass(ms);
  await service.start();
  await settle();
  let requests = 0;
  const engine = engines.at(-1);
  if (!engine) throw new Error('no engine');
  return {
    service,
    engine,
    newestEngine: () => engines.at(-1) ?? engine,
    disk,
    storage,
    own,
    methods: walletMethods(service),
    toPage,
    notices,
    withdrawn,
    opened,
    hosts,
    genesis,
    clock,
    ...vaultOf(service),
    settle,
    ask: (method, params, id = `r-${(requests += 1)}`, activated = true) => {
      const answer = service.pages.request(site, { id, method, params }, activated);
      answer.catch(() => undefined);
      return answer;
    },
  };
}

/** The site sees chain A. */
export async function connect(world: World): Promise<void> {
  const accounts = world.ask('linera_requestAccounts');
  await world.settle();
  const [approval] = world.service.state().approvals;
  if (approval) await world.methods.approveConnect({ id: approval.id, chainIds: [chainA] });
  await accounts;
}

/** What a site asks of linera_transfer. */
export const order = (more = {}) => ({ recipient: chainB, amount: '1.5', ...more });

/** The block that the person is asked about first, as its window gets it. */
export async function shownBlock({ service, methods }: World) {
  const one = await methods.getApproval({ id: service.state().approvals[0]?.id ?? '' });
  if (one.kind !== 'block') throw new Error(one.kind);
  return one;
}
