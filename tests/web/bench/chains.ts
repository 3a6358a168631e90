// What following many chains costs: until commands are taken, until all were compared with a
// quorum, of a payment then, in requests, in memory. A client under Node, in its own process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ask } from '@mica/bindings/commands';
import {
  VaultHost,
  fromHex,
  loadNodeModule,
  toHex,
  type AccountOwner,
  type NodeModule,
  type Operation,
} from '@mica/bindings/node';
import { NO_PERMISSIONS } from '@mica/bindings/permissions';
import { toAmount } from '@mica/bindings/scalars';
import { singleOwner } from '@mica/devnet/faucet';
import { tsx } from '@mica/tools/lib';
import { startNetwork, type TestNetwork } from '../lib/devnet.ts';
import { scratch } from '../lib/scratch.ts';
import { slowLink } from '../lib/slow_link.ts';
import type { Mark, Task } from './follower.ts';
import { median, type Row } from './report.ts';
import { wasm } from './site.ts';

const KEY = 'e5'.repeat(32);
const PER_BLOCK = 100;
const PAYMENTS = 10;
const TOKEN = 10n ** 18n;

/** What one process told, and the requests that one validator had answered by then. */
interface Followed {
  readyMs: number;
  addedMs: number;
  comparedMs: number;
  /** Of its processor, from ready to compared. */
  cpuMs: number;
  paymentMs: number;
  requests: number;
  /** Without an answer. */
  failed: number;
  rssMb: number;
  heapMb: number;
}

async function ownerOf(module: NodeModule): Promise<AccountOwner> {
  const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  return VaultHost.create(module, fromHex(KEY), random).host.owner;
}

/** Chains of that owner, opened by the network's own client, many in one block. */
async function openChains(net: TestNetwork, module: NodeModule, count: number): Promise<string[]> {
  const { faucetClient, faucetChain } = net.network;
  const owner = await ownerOf(module);
  const open: Operation = {
    $: 'System',
    value: {
      $: 'OpenChain',
      value: {
        ownership: singleOwner(owner),
        balance: toAmount(20n * TOKEN),
        application_permissions: NO_PERMISSIONS,
      },
    },
  };
  const ids: string[] = [];
  while (ids.length < count) {
    const some = Math.min(PER_BLOCK, count - ids.length);
    const draft = await ask(faucetClient, {
      $: 'PrepareBlock',
      chain_id: faucetChain,
      operations: Array.from({ length: some }, () => open),
      blobs: [],
      receive_incoming: true,
    });
    const { certificate } = await ask(faucetClient, { $: 'CommitDraft', value: draft.draft_id });
    for (const blob of certificate.value.body.blobs.flat()) {
      if (blob.blob_type === 'ChainDescription') {
        ids.push(toHex(module.describeChain(blob.bytes)!.chainId));
      }
    }
  }
  return ids;
}

async function runFollower(net: TestNetwork, task: Task): Promise<Followed> {
  const asked = () => Math.max(...net.requests());
  const before = asked();
  const [program, args] = tsx('tests/web/bench/follower.ts', []);
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const done: Followed = {
    readyMs: 0,
    addedMs: 0,
    comparedMs: 0,
    cpuMs: 0,
    paymentMs: 0,
    requests: 0,
    failed: 0,
    rssMb: 0,
    heapMb: 0,
  };
  child.on('message', (message) => {
    const mark = message as Mark;
    if (mark.phase === 'ready') Object.assign(done, { readyMs: mark.ms, cpuMs: mark.cpuMs });
    if (mark.phase === 'added') done.addedMs = mark.ms - done.readyMs;
    if (mark.phase === 'compared') {
      done.comparedMs = mark.ms - done.readyMs - done.addedMs;
      done.cpuMs = mark.cpuMs - done.cpuMs;
      done.requests = asked() - before;
    }
    if (mark.phase === 'paid') {
      const { each, failed, rssMb, heapMb } = mark;
      Object.assign(done, { paymentMs: median(each), failed, rssMb, heapMb });
    }
  });
  child.send(task);
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`the follower ended with ${code}`);
  return done;
}

interface Measured {
  count: number;
  /** By a client that followed none before, and by a later one that finds them in its store. */
  first: Followed;
  later: Followed;
}

async function measure(
  net: TestNetwork,
  chains: string[],
  sink: string,
  ports: Task['ports'] = {},
): Promise<Measured> {
  const task: Task = {
    wasm,
    folder: scratch('follower'),
    genesisJson: net.genesisJson,
    key: KEY,
    chains,
    sink,
    payments: PAYMENTS,
    ports,
  };
  const first = await runFollower(net, { ...task, payments: 0 });
  const later = await runFollower(net, task);
  console.log(`    ${chains.length} chains: ${JSON.stringify({ first, later })}`);
  return { count: chains.length, first, later };
}

const row = (what: string, unit: string, ours: number, target: Row['target'] = null): Row => ({
  what,
  unit,
  ours,
  theirs: null,
  target,
});

const atMost = (text: string, reached: boolean) => ({ text, reached });

function rowsOf({ count, first, later }: Measured, small: Measured): Row[] {
  const more = count / small.count;
  const linear = (ours: number, least: number) =>
    atMost('no worse than linear', ours <= Math.max(1, more) * least);
  return [
    row(`${count} chains: adding them`, 'ms', first.addedMs),
    row(
      `${count} chains: start to ready`,
      'ms',
      later.readyMs,
      linear(later.readyMs, small.later.readyMs),
    ),
    row(
      `${count} chains: ready to compared`,
      'ms',
      later.comparedMs,
      linear(later.comparedMs, small.later.comparedMs),
    ),
    row(
      `${count} chains: a payment then, median of ${PAYMENTS}`,
      'ms',
      later.paymentMs,
      atMost('flat: twice at most', later.paymentMs <= 2 * small.later.paymentMs),
    ),
    row(`${count} chains: requests per validator`, '', later.requests),
    row(
      `${count} chains: memory of the process (Wasm: ${later.heapMb.toFixed(0)} MB)`,
      'MB',
      later.rssMb,
    ),
  ];
}

const LINK = { roundTripMs: 100, bitsPerSecond: 1_000_000 };

/** Over a slow link: how long, and that nothing is given up. */
async function measureSlow(net: TestNetwork, chains: string[], sink: string): Promise<Row[]> {
  const link = slowLink(LINK);
  try {
    const ports: Task['ports'] = {};
    for (let at = 0; at < net.network.servers.length; at += 1) {
      const port = net.ports.validatorPort + at;
      ports[port] = await link.port(port);
    }
    const { first, later } = await measure(net, chains, sink, ports);
    const what = `${chains.length} chains over 100 ms and 1 Mbit/s`;
    const failed = first.failed + later.failed;
    return [
      row(`${what}: adding them`, 'ms', first.addedMs),
      row(`${what}: ready to compared`, 'ms', later.comparedMs),
      row(`${what}: requests without an answer`, '', failed, atMost('none', failed === 0)),
    ];
  } finally {
    await link.close();
  }
}

export interface Counts {
  counts: number[];
  /** Over the slow link. */
  slow: number;
}

export async function measureChains({ counts, slow }: Counts): Promise<Row[]> {
  const net = await startNetwork({ wasm });
  try {
    const module = await loadNodeModule(wasm);
    const most = Math.max(slow, ...counts);
    const [sink, ...chains] = await openChains(net, module, most + 1);
    const all: Measured[] = [];
    for (const count of counts) all.push(await measure(net, chains.slice(0, count), sink!));
    // Fewer chains than that take as long as the rest of a start.
    const small = all.find(({ count }) => count >= 50) ?? all[0]!;
    return [
      ...all.flatMap((one) => rowsOf(one, small)),
      ...(slow > 0 ? await measureSlow(net, chains.slice(0, slow), sink!) : []),
    ];
  } finally {
    await net.close();
  }
}
