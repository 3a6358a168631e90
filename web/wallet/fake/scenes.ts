// Every situation that a screen must show, by name.
import { toAmount } from '@mica/bindings/scalars';
import type { Operation } from '@mica/bindings/types';
import type {
  Approval,
  ApprovalWarning,
  HostAsking,
  WalletHost,
  WalletView,
} from '@mica/wallet-contract/api';
import { applicationIdFromText, chainIdFromText, ownerFromText } from '@mica/bindings/text';
import {
  activity,
  alice,
  aliceKey,
  bob,
  chain,
  chainA,
  chainB,
  chainC,
  effects,
  fakeOwner,
  network,
  nowhere,
  site,
  token,
  validators,
} from './fake_data.ts';
import { blockOf } from './fake_block.ts';
import { FakeVault, type FakeVaultOptions } from './fake_vault.ts';
import { FakeWallet, type FakeWalletOptions } from './fake_wallet.ts';
import { blockApproval, transferApproval } from './block_approval.ts';
import { everyOperation, system, transferLine } from './lines.ts';

export interface Scene {
  vault?: FakeVaultOptions;
  wallet?: FakeWalletOptions;
}

const now = Date.now();
const own = (change = {}) => [chain(chainA, change)];
const connected = {
  origin: site,
  chainIds: [chainA],
  readsOthers: false,
  connectedAt: now - 9 * 86_400_000,
  lastUsedAt: now - 7_200_000,
};
const local = { ...connected, origin: 'http://127.0.0.1:5173', lastUsedAt: now - 60_000 };

const connect: Approval = {
  kind: 'connect',
  id: 'c1',
  origin: site,
  createdAt: now,
  suggested: [],
  readsOthers: false,
};
const sign: Extract<Approval, { kind: 'text' }> = {
  kind: 'text',
  id: 's1',
  origin: site,
  createdAt: now,
  owner: alice,
  domain: 'shop.example.org',
  text:
    'shop.example.org wants you to sign in with your Linera account:\n' +
    `${alice}\n\nSign in to the shop.\n\nURI: ${site}\nVersion: 1\nNonce: 8fk2nd91`,
};
const transfer = (change: Parameters<typeof transferApproval>[5] = {}, recipient = chainC) =>
  transferApproval('t1', site, chain(chainA), recipient, 3n * token, change);
const changed: ApprovalWarning = {
  level: 'note',
  code: 'EffectsChanged',
  params: { balances: [{ owner: '0x00', before: 1253n * token + token / 4n }] },
};

const WIDE = 123_456_789_012_345_678_901_234_567n;
const likeB = `${chainB.slice(0, 4)}${'5'.repeat(56)}${chainB.slice(-4)}`;
const first = {
  level: 'note',
  code: 'FirstTime',
  params: { chainId: chainC, owner: '0x00' },
} as const;
const lookAlike = {
  level: 'danger',
  code: 'LookAlike',
  params: { chainId: likeB, owner: '0x00', knownChainId: chainB, knownOwner: '0x00' },
} as const;
const spy: Operation = {
  $: 'User',
  application_id: applicationIdFromText('5c'.repeat(32)),
  bytes: new Uint8Array(3),
};
const applicationId = '5c'.repeat(32);
const call = { kind: 'Application', applicationId, operationBytes: 40 } as const;
const withdraw = {
  $: 'Withdraw',
  owner: ownerFromText(bob),
  amount: toAmount(token),
  recipient: { chain_id: chainIdFromText(chainC), owner: ownerFromText(alice) },
} as const;
const incoming = { kind: 'Received', origin: chainB, messages: 2 } as const;
const every = blockApproval('t1', site, chain(chainA), [
  ...Object.values(everyOperation).map((operation) => system(operation)),
  call,
  { ...incoming, action: 'Accept', amount: 5n * token },
  { ...incoming, action: 'Accept', amount: 0n },
  { ...incoming, action: 'Accept', amount: -2n * token },
  { ...incoming, action: 'Reject', amount: 0n },
]);
const asksHost = (host: Partial<HostAsking> = {}) =>
  blockApproval('t1', site, chain(chainA), [call], {
    ...{ status: 'asking', effects: null, block: null },
    host: {
      origin: 'https://prices.example.org',
      reach: 'public',
      method: 'POST',
      url: 'https://prices.example.org/v1/price?of=LINERA&in=EUR',
      headers: ['content-type', 'x-api-version'],
      headerCount: 2,
      bodyBytes: 48,
      ...host,
    },
  });
const given = everyOperation.ChangeApplicationPermissions.value;
const restricted = { ...given, execute_operations: given.close_chain };
const longText = sign.text.replace(
  'Sign in to the shop.',
  Array.from({ length: 300 }, (_, at) => `word${at}`).join(' '),
);

export const scenes: Record<string, Scene> = {
  empty: { vault: { status: 'empty' }, wallet: { state: { chains: [] } } },
  starting: { vault: { status: 'starting' } },
  home: { wallet: { state: { sites: [local, connected] } } },
  noApplications: { wallet: { applications: [] } },
  noChain: { wallet: { state: { chains: [] } } },
  owner: {
    wallet: {
      state: { chains: own({ ownerBalances: [{ owner: alice, balance: 42n * token + 1n }] }) },
    },
  },
  incoming: {
    wallet: { state: { chains: own({ incomingAmount: 5n * token, incomingCount: 1 }) } },
  },
  waiting: {
    wallet: {
      state: {
        chains: own({
          incomingCount: 3,
          waiting: [
            { reason: 'Failed', count: 2 },
            { reason: 'NotSupported', count: 1 },
          ],
        }),
      },
    },
  },
  events: {
    wallet: {
      state: {
        chains: own({
          newEvents: 3,
          epochChanges: 1,
          failure: {
            code: 'ExecutionFailed',
            message: 'The application stopped at process_streams.',
            money: 'Untouched',
          },
        }),
      },
    },
  },
  longActivity: {
    wallet: {
      entries: Array.from({ length: 60 }, (_, at) => ({
        ...activity[0]!,
        chainId: chainB,
        height: BigInt(59 - at),
      })),
    },
  },
  pending: { wallet: { state: { chains: own({ pendingHeight: 6n }) } } },
  locked: { vault: { status: 'locked', lockReason: 'Idle' } },
  lockedIncoming: {
    vault: { status: 'locked' },
    wallet: {
      state: { chains: own({ incomingAmount: 5n * token, incomingCount: 2 }) },
      approvals: [connect],
    },
  },
  slowLocked: { vault: { status: 'locked', delayMs: 600_000 } },
  furtherAccounts: {
    vault: { status: 'empty' },
    wallet: {
      state: { chains: [] },
      known: { [alice]: chainA, [fakeOwner('EvmSecp256k1', 1)]: chainB },
    },
  },
  tooSoon: { vault: { status: 'locked', retryAt: now + 32_000 } },
  offline: {
    wallet: {
      state: {
        chains: [],
        network: network({
          status: 'offline',
          failure: { code: 'FaucetFailed', message: 'The faucet could not be reached.' },
        }),
      },
    },
  },
  clockAhead: { wallet: { state: { network: network({ clockAheadMs: 3 * 3_600_000 }) } } },
  clockBehind: { wallet: { state: { network: network({ clockAheadMs: -40 * 60_000 }) } } },
  storeLost: { wallet: { state: { network: network({ storeLost: true }) } } },
  closed: { wallet: { state: { chains: own({ closed: true }) } } },
  notExecuted: {
    wallet: {
      state: {
        chains: own({
          notExecuted: { height: 7n, lastCertified: 9n, reason: 'unknown system operation 14' },
        }),
      },
    },
  },
  lockedBlock: {
    wallet: { state: { chains: own({ locked: { height: 7n, signer: bob, validated: true } }) } },
  },
  permissions: { wallet: { state: { chains: own({ applicationPermissions: restricted }) } } },
  full: {
    wallet: {
      state: {
        network: network({
          status: 'failed',
          failure: {
            code: 'StorageFull',
            message: 'The browser has no room to store what comes next.',
          },
        }),
      },
    },
  },
  damaged: {
    wallet: {
      state: {
        chains: [],
        network: network({
          status: 'failed',
          failure: {
            code: 'StorageCorrupt',
            message: '/mica/5f3c/log-0000000000000007: bad check sum',
            money: 'Untouched',
          },
        }),
      },
    },
  },
  noQuorum: { wallet: { state: { network: network({ validators: validators(2) }) } } },
  reset: {
    wallet: {
      state: {
        network: network({
          status: 'reset',
          failure: {
            code: 'NetworkReset',
            message: 'Local network was reset: its faucet now shows another beginning.',
            money: 'Untouched',
          },
        }),
      },
    },
  },
  connect: { wallet: { approvals: [connect, sign] } },
  connectReads: { wallet: { approvals: [{ ...connect, readsOthers: true }] } },
  sign: { wallet: { approvals: [sign] } },
  transfer: { wallet: { approvals: [transfer()], delayMs: 800 } },
  // As networks with fees make them, and as large as they can be.
  long: {
    wallet: {
      state: { chains: [chain(chainA, { chainBalance: WIDE, label: 'W'.repeat(40) })] },
      approvals: [
        transferApproval('t1', site, chain(chainA, { chainBalance: WIDE }), chainC, WIDE / 3n, {
          owner: bob,
          warnings: [first],
        }),
      ],
    },
  },
  ownTransfer: {
    wallet: { approvals: [{ ...transfer({}, chainB), id: 't1', origin: null }] },
  },
  lookAlike: {
    wallet: { approvals: [transfer({ warnings: [lookAlike, first] }, likeB)] },
  },
  foreign: {
    vault: { status: 'unlocked', accounts: [{ ...aliceKey, label: 'Ali\u202ece' }] },
    wallet: {
      state: { chains: own({ label: 'Sav\u200bings' }) },
      approvals: [{ ...sign, text: sign.text.replace('Sign in', 'pay \u202e000,1\u202c') }],
    },
  },
  idn: { wallet: { approvals: [{ ...connect, origin: 'https://xn--pple-43d.com' }] } },
  longText: {
    wallet: { approvals: [{ ...sign, text: longText }] },
  },
  everyOperation: { wallet: { approvals: [every] } },
  blob: {
    wallet: {
      approvals: [
        blockApproval('t1', site, chain(chainA), [
          transferLine({ chainId: chainC }, token),
          system(everyOperation.PublishDataBlob, 48_211),
        ]),
      ],
    },
  },
  calls: {
    wallet: {
      approvals: [
        blockApproval('t1', site, chain(chainA), [call], {
          effects: {
            ...effects(0n, 1250n * token, []),
            messages: [
              { kind: 'Application', destination: chainB, applicationId, messageBytes: 40 },
              { kind: 'System', destination: chainB, message: withdraw },
            ],
            openedChains: [chainC],
            publishedBlobs: [`Data:${'b1'.repeat(32)}`],
            createdApplications: [applicationId],
            events: [
              { applicationId, bytes: 12 },
              { applicationId: null, bytes: 33 },
            ],
            answers: [
              {
                ...{ kind: 'Http', status: 200, bytes: 512, start: '{"price":"1.25"\u202e}' },
                asked: { method: 'GET', url: 'https://prices.example.org/v1/price?of=LINERA' },
              },
              { kind: 'Http', status: 404, bytes: 9, asked: null, start: null },
              { kind: 'Service', bytes: 40 },
              { kind: 'Event', applicationId, bytes: 12 },
            ],
          },
        }),
      ],
    },
  },
  host: { wallet: { approvals: [asksHost()] } },
  hostHere: {
    wallet: {
      approvals: [
        asksHost({
          ...{ origin: 'http://127.0.0.1:8080', url: 'http://127.0.0.1:8080/', headers: [] },
          ...{ reach: 'thisComputer', method: 'GET', headerCount: 0, bodyBytes: 0 },
        }),
      ],
    },
  },
  hostPrivate: {
    wallet: {
      approvals: [
        asksHost({
          ...{ origin: 'https://xn--rter-0ra.local:8443', reach: 'private', headerCount: 400 },
          url: `https://xn--rter-0ra.local:8443/${'admin/'.repeat(120)}…`,
        }),
      ],
    },
  },
  hosts: {
    wallet: {
      state: {
        hosts: [
          { network: '77'.repeat(32), origin: 'https://prices.example.org', allowedAt: now },
          {
            ...{ network: '99'.repeat(32), allowedAt: now - 86_400_000 },
            origin: `https://${'long.'.repeat(30)}example.org:8443`,
          },
        ],
      },
    },
  },
  preparing: {
    wallet: { approvals: [transfer({ status: 'preparing', effects: null, block: null })] },
  },
  committing: { wallet: { approvals: [transfer({ status: 'committing' })] } },
  changed: { wallet: { approvals: [transfer({ revision: 2, warnings: [changed] })] } },
  readsOtherwise: {
    wallet: { approvals: [transfer({ block: blockOf(transfer(), { operations: [spy] }) })] },
  },
  blocked: { wallet: { state: { sites: [local], blockedSites: [site] } } },
  busyNetwork: { wallet: { state: { busyNetwork: { name: 'Second', doing: 'adding' } } } },
  engineStopped: { vault: { status: 'unlocked', engineRetryAt: now + 40_000 } },
  danger: { wallet: { approvals: [transfer({}, nowhere)] } },
  failed: {
    wallet: {
      approvals: [
        transfer({
          status: 'failed',
          effects: null,
          failure: {
            code: 'InsufficientBalance',
            message: 'The chain has 1250.25, but 1253.252 are needed with the fees.',
            params: {
              of: 'InsufficientBalance',
              ...{ available: 1250n * token, needed: 1253n * token + 252n * 10n ** 15n },
            },
            money: 'Untouched',
          },
        }),
      ],
    },
  },
  unknown: {
    wallet: {
      approvals: [transfer()],
      confirmFailure: {
        code: 'OutcomeUnknown',
        message: 'One of four validators answered.',
        money: 'Unknown',
      },
    },
  },
};

export interface FakeHost extends WalletHost {
  wallet: FakeWallet;
  vault: FakeVault;
  closed: number;
  opened: string[];
  saved: { name: string; bytes: Uint8Array }[];
  /** Hosts that the browser was asked for, and what it said. */
  askedFor: string[];
  reachable: boolean;
}

const DRAFT = 'draft/';
/** Of this tab, beyond a reload. */
const fakeDrafts: WalletHost['drafts'] = {
  load: async () => {
    const names = Object.keys(sessionStorage).filter((name) => name.startsWith(DRAFT));
    const read = (name: string): unknown => JSON.parse(sessionStorage.getItem(name) ?? 'null');
    return Object.fromEntries(names.map((name) => [name.slice(DRAFT.length), read(name)]));
  },
  save: async (name, value) => {
    if (value === null) sessionStorage.removeItem(DRAFT + name);
    else sessionStorage.setItem(DRAFT + name, JSON.stringify(value));
  },
};

export function fakeHost({ vault, wallet }: Scene, view: WalletView): FakeHost {
  const fakeVault = new FakeVault({ delayMs: 150, status: 'unlocked', ...vault });
  const fakeWallet = new FakeWallet({ delayMs: 150, ...wallet });
  fakeVault.on('state', fakeWallet.vaultChanged);
  const host: FakeHost = {
    wallet: fakeWallet,
    vault: fakeVault,
    view,
    closed: 0,
    opened: [],
    saved: [],
    askedFor: [],
    reachable: true,
    openTab: (route) => void host.opened.push(route),
    openSidePanel: () => undefined,
    askForHost: async (origin) => {
      host.askedFor.push(origin);
      return host.reachable;
    },
    drafts: fakeDrafts,
    saveFile: (name, bytes) => void host.saved.push({ name, bytes }),
    close: () => void (host.closed += 1),
  };
  return host;
}
