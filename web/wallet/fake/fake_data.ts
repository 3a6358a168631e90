// Values that look like the real ones.
import { NO_PERMISSIONS } from '@mica/bindings/permissions';
import { toAmount } from '@mica/bindings/scalars';
import { chainOwner } from '@mica/bindings/text';
import type {
  AccountState,
  ActivityEntry,
  BlockLine,
  ChainView,
  EffectsView,
  NetworkEntry,
  NetworkState,
  ValidatorView,
  WalletState,
} from '@mica/wallet-contract/api';
import { everyOperation, system, transferLine } from './lines.ts';

export const token = 10n ** 18n;
export const FEES = 2n * 10n ** 15n;
export const alice = '0x8fd379246834eac74b8419ffda202cf8051f7a03';
export const bob = '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed';
export const chainA = 'e476187f6ddfeb9d588c7b45d3df334d5501d6499b3f9ad5595cae86cce16a65';
export const chainB = '1db1936dad0717597a7743a8353c9c0191c14c3a129b258e9743aec2b4f05d03';
export const chainC = '69705f85ac4c9fef6c02b4d83426aaaf05154c645ec1c61665f8e450f0468bc0';
/** The fake validators know every chain but this one. */
export const nowhere = 'dead'.repeat(16);
export const genesis = '5f3cbbe9c5b2a5a5a2d3d3f0e1d2c3b4a5968778695a4b3c2d1e0f9a8b7c6d5e';
export const site = 'https://shop.example.org';

/** What the fake vault derives from its phrase. */
export const fakeOwner = (scheme: AccountState['scheme'], index: number): string =>
  `0x${(index + 1)
    .toString(16)
    .padStart(2, '0')
    .repeat(scheme === 'Ed25519' ? 32 : 20)}`;
export const aliceKey: AccountState = {
  owner: alice,
  label: 'Account 1',
  scheme: 'EvmSecp256k1',
  index: 0,
};

export const networks: NetworkEntry[] = [
  {
    id: 'local',
    name: 'Local network',
    faucetUrl: 'http://127.0.0.1:8080/',
    genesisHash: genesis,
    testMoney: true,
  },
  {
    id: 'testnet-conway',
    name: 'Testnet Conway',
    faucetUrl: 'https://faucet.testnet-conway.linera.net/',
    genesisHash: null,
    testMoney: true,
  },
];

export const validators = (down = 0): ValidatorView[] =>
  [13001, 13002, 13003, 13004].map((port, at) => ({
    publicKey: `02${`${at}`.repeat(64)}`,
    address: `http://127.0.0.1:${port}`,
    subscribed: at >= down,
    failuresInARow: at < down ? 3 : 0,
    lastError: at < down ? 'connection refused' : '',
  }));

export const network = (change: Partial<NetworkState> = {}): NetworkState => ({
  ...(networks[0] as NetworkEntry),
  status: 'ready',
  failure: null,
  validators: validators(),
  clockAheadMs: null,
  storeLost: false,
  ...change,
});

export const chain = (chainId: string, change: Partial<ChainView> = {}): ChainView => ({
  chainId,
  label: 'Savings',
  owner: alice,
  isDefault: true,
  chainBalance: 1250n * token + token / 4n,
  ownerBalances: [],
  incomingAmount: 0n,
  incomingCount: 0,
  epochChanges: 0,
  newEvents: 0,
  waiting: [],
  nextBlockHeight: 7n,
  pendingHeight: null,
  synchronized: true,
  closed: false,
  applicationPermissions: NO_PERMISSIONS,
  notExecuted: null,
  locked: null,
  busy: null,
  failure: null,
  ...change,
});

export const walletState = (change: Partial<WalletState> = {}): WalletState => ({
  vault: {
    status: 'unlocked',
    accounts: [aliceKey],
    lockAt: null,
    lockReason: null,
    retryAt: null,
  },
  network: network(),
  networks,
  chains: [
    chain(chainA),
    chain(chainB, { label: 'Games', isDefault: false, chainBalance: 3n * token }),
  ],
  approvals: [],
  sites: [],
  blockedSites: [],
  hosts: [],
  settings: {
    theme: 'system',
    language: 'browser',
    autoReceive: true,
    receiveFeeCap: 10n ** 16n,
    lockAfterMinutes: 10,
    notifications: true,
  },
  version: '0.1.0',
  ...change,
});

export function effects(amount: bigint, before: bigint, destinations: string[]): EffectsView {
  return {
    blockHash: '7c2f'.repeat(16),
    height: 7n,
    balances: [{ owner: '0x00', before, after: before - amount - FEES }],
    fees: FEES,
    messages: destinations.map((destination) => ({
      kind: 'System',
      destination,
      message: { $: 'Credit', target: chainOwner, amount: toAmount(amount), source: chainOwner },
    })),
    openedChains: [],
    publishedBlobs: [],
    createdApplications: [],
    events: [],
    answers: [],
    raw: JSON.stringify(
      { chain_id: chainA, epoch: 0, height: '7', transactions: [{ Transfer: `${amount}` }] },
      null,
      2,
    ),
  };
}

const receivedLine = (origin: string, amount: bigint): BlockLine => ({
  kind: 'Received',
  origin,
  action: 'Accept',
  amount,
  messages: 1,
});

const entry = (height: bigint, change: Partial<ActivityEntry>): ActivityEntry => ({
  chainId: chainA,
  height,
  blockHash: height.toString(16).padStart(4, 'a').repeat(16),
  state: 'delivered',
  time: Date.now() - Number(8n - height) * 47 * 60_000,
  direction: 'out',
  amount: -3n * token,
  lines: [transferLine({ chainId: chainC }, 3n * token)],
  counterparty: chainC,
  ...change,
});

export const activity: ActivityEntry[] = [
  entry(6n, { state: 'proposed' }),
  entry(5n, {
    state: 'certified',
    direction: 'in',
    amount: 5n * token,
    lines: [receivedLine(chainB, 5n * token), system({ $: 'ProcessNewEpoch', value: 3 })],
    counterparty: chainB,
  }),
  entry(4n, {
    direction: 'self',
    amount: 0n,
    lines: [transferLine({ chainId: chainA, owner: alice }, 20n * token)],
    counterparty: null,
  }),
  entry(3n, {}),
  entry(2n, {
    direction: 'in',
    amount: 1234567890123456789n,
    lines: [receivedLine(chainC, 1234567890123456789n)],
  }),
  entry(1n, {
    direction: 'none',
    amount: 0n,
    counterparty: null,
    lines: [
      ...Object.values(everyOperation).map((operation) => system(operation)),
      { kind: 'Application', applicationId: '5c'.repeat(32), operationBytes: 40 },
      { kind: 'Received', origin: chainB, action: 'Reject', amount: 0n, messages: 2 },
      { kind: 'Received', origin: chainB, action: 'Accept', amount: 0n, messages: 2 },
    ],
  }),
];
