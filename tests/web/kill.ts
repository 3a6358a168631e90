// npm run kill -- [--rounds N] [--seed S]: the browser with the extension, killed at random
// moments of transfers and started again. After each: what the wallet shows is what the
// validators have, the transfer happened once or can be repeated, and no fast round ever saw two
// proposals.
import { readOptions } from '@mica/tools/lib';
import { FAST_ROUND_MS, KillWorld, totalOf, type Order } from './lib/kill_world.ts';
import { ProposalWatch, withOtherBlock, type Verdict } from './lib/proposal_watch.ts';
import { check, same, sleep, Steps, until } from './lib/steps.ts';

const { rounds, seed } = readOptions({ rounds: 20, seed: Date.now() % 1_000_000 });

// mulberry32
let state = seed >>> 0;
function random(): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const below = (count: number) => Math.floor(random() * count);

/** any: whenever; proposed: the proposal was flushed and sent, no quorum of votes came back;
 *  certified: a certificate is on its way to the validators. */
type When = 'any' | 'proposed' | 'certified';
const cycle: When[] = ['any', 'proposed', 'any', 'certified', 'proposed'];

interface Counts {
  kills: number;
  onFastChain: number;
  proposedNotCertified: number;
  fastProposedNotCertified: number;
  sent: number;
  repeated: number;
}
const counts: Counts = {
  kills: 0,
  onFastChain: 0,
  proposedNotCertified: 0,
  fastProposedNotCertified: 0,
  sent: 0,
  repeated: 0,
};

const steps = new Steps();
const world = await KillWorld.start();
const { watch } = world;

/** From the order to the kill. */
async function transferAndKill(order: Order, when: When): Promise<void> {
  const since = { proposals: watch.proposals.length, certificates: watch.certificates.length };
  const proposals = () =>
    watch.proposals.slice(since.proposals).filter(({ chainId }) => chainId === order.chainId);
  const certified = () => watch.certificates.slice(since.certificates).includes(order.chainId);
  // How many validators get it, and how many of their answers come back: never a quorum.
  const [reached, answered] = [below(5), below(3)];
  if (when === 'proposed') {
    watch.gate = ({ validator, chainId }): Verdict => {
      if (chainId !== order.chainId) return 'pass';
      if (validator >= reached) return 'drop';
      return validator < answered ? 'pass' : 'mute';
    };
  }
  const work = world.prepare(order).then((id) => world.approve(id));
  const ended = work.then(({ done }) => done).catch(() => undefined);
  if (when === 'any') {
    await sleep(random() * 600);
  } else {
    const moment = () => (when === 'proposed' ? proposals().length > below(4) : certified());
    await until(`the moment: ${when}`, () => moment(), 20_000);
    await sleep(random() * 40);
  }
  await world.killBrowser();
  await ended;
  counts.kills += 1;
  if (order.chainId === world.fast) counts.onFastChain += 1;
  if (proposals().length > 0 && !certified()) {
    counts.proposedNotCertified += 1;
    if (proposals().some(({ round }) => round.$ === 'Fast')) counts.fastProposedNotCertified += 1;
  }
  watch.gate = () => 'pass';
}

const timesPaid = async ({ chainId, amount }: Order): Promise<number> =>
  (await world.activity(chainId)).filter((entry) => BigInt(entry.amount) === -amount).length;

/** Once, by now or by doing it again. */
async function paidOnce(order: Order): Promise<void> {
  await world.settled();
  const times = await timesPaid(order);
  check(times <= 1, `not paid ${times} times`);
  if (times === 0) await world.pay(order);
  counts[times === 0 ? 'repeated' : 'sent'] += 1;
  await world.compare(totalOf);
  same(await timesPaid(order), 1, 'paid once');
  same(watch.fastConflicts(), [], 'two proposals in a fast round');
}

// Each has an amount of its own, by which it is found in the history.
const amountOf = (round: number) => 10n ** 12n + BigInt(round);

async function round(index: number): Promise<void> {
  const fast = index % 2 === 1;
  const order = {
    chainId: fast ? world.fast : world.normal,
    recipient: fast ? world.normal : world.fast,
    amount: amountOf(index),
  };
  const when = cycle[Math.floor(index / 2) % cycle.length]!;
  await steps.run(
    `round ${index + 1}: ${fast ? 'fast' : 'ordinary'} block, killed ` +
      (when === 'any' ? 'at any moment' : `when ${when}`),
    async () => {
      await transferAndKill(order, when);
      await world.reopen();
      await paidOnce(order);
    },
    false,
  );
}

// The fast round ends while the browser is away: the block must be signed for another round, and
// only its person can say yes again, because the vault has forgotten.
async function approvedAgain(index: number): Promise<void> {
  await steps.run(
    'fast round over after the kill: the pending block is seen and approved again',
    async () => {
      const other = { chainId: world.timed, recipient: world.normal, amount: amountOf(index) };
      await world.pay(other);
      await world.settled();
      const order = { ...other, amount: amountOf(index + 1) };
      watch.gate = ({ chainId }) => (chainId === order.chainId ? 'drop' : 'pass');
      const before = watch.proposals.length;
      const seen = () => watch.proposals.slice(before).find((one) => one.chainId === order.chainId);
      const work = world.prepare(order).then((id) => world.approve(id));
      const ended = work.then(({ done }) => done).catch(() => undefined);
      const first = await until('the proposal', seen);
      same(first.round.$, 'Fast', 'the first round');
      await world.killBrowser();
      await ended;
      await sleep(FAST_ROUND_MS);
      watch.gate = () => 'pass';
      await world.reopen();
      const again = world.approvedAgain;
      await world.settled();
      same(world.approvedAgain, again + 1, 'approved again');
      same(await timesPaid(order), 1, 'paid once');
      await world.compare(totalOf);
      same(watch.fastConflicts(), [], 'two proposals in a fast round');
    },
    false,
  );
}

/** A record that sees all that `watch` saw, and then these requests. */
async function recordWith(...requests: Uint8Array[]): Promise<ProposalWatch> {
  const record = new ProposalWatch();
  record.proposals.push(...watch.proposals);
  const request = async () => ({ status: 0, message: '', body: new Uint8Array() });
  const service = record.wrap(0, { request, openStream: () => ({ close() {} }) });
  for (const body of requests) await service.request('HandleBlockProposal', body);
  return record;
}

// The checks above would be worth nothing if the record could not show what they look for.
async function conflictIsSeen(): Promise<void> {
  const body = watch.lastFast;
  check(body, 'a fast proposal went by');
  const again = await recordWith(body);
  same(again.fastConflicts(), [], 'the same proposal once more');
  const planted = await recordWith(withOtherBlock(body));
  const { chainId, height } = planted.proposals.at(-1)!;
  const found = [`chain ${chainId} height ${height} round {"$":"Fast"}`];
  same(planted.fastConflicts(), found, 'a second fast proposal, planted');
  same(planted.roundConflicts(), found, 'the same among all rounds');
}

console.log(`seed ${seed}`);
try {
  for (let index = 0; index < rounds; index += 1) await round(index);
  await approvedAgain(rounds);
  await steps.run(
    'enough kills at the moment that matters',
    async () => {
      const floor = Math.floor(rounds / 10);
      const { fastProposedNotCertified, onFastChain } = counts;
      check(fastProposedNotCertified >= floor, `${floor} kills between proposal and certificate`);
      check(onFastChain >= Math.floor(rounds / 2), 'half of the rounds on fast blocks');
      same(watch.roundConflicts(), [], 'two proposals in a round');
    },
    false,
  );
  await steps.run('a second fast proposal would be seen', conflictIsSeen, false);
  const { approvedAgain: again } = world;
  console.log(JSON.stringify({ seed, ...counts, fastHeights: watch.fastHeights(), again }));
} finally {
  await world.close();
}
process.exit(steps.finish());
