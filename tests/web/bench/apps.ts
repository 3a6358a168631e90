// Applications, both clients on one network and one application: the C++ counter of tests/guests,
// published by the program `mica`; each client asks and changes it on a chain of its own.
import { buildGuests } from '@mica/tools/guests';
import { inRoot } from '@mica/tools/lib';
import type { TestNetwork } from '../lib/devnet.ts';
import { CommandLine } from '../lib/command_line.ts';
import { same } from '../lib/steps.ts';
import { compared, median, percentile, type Row } from './report.ts';
import type { Pair } from './transfers.ts';

const question = (query: string) => JSON.stringify({ query });
const VALUE = question('{ value }');
const INCREMENT = question('mutation { increment(value: 1) }');
const IN_ONE_BLOCK = 1000;

async function publishCounter({ faucetUrl }: TestNetwork): Promise<string> {
  await buildGuests();
  const mica = await CommandLine.open(faucetUrl);
  const guest = (name: string) => inRoot('build/guests', `counter_${name}.wasm`);
  await mica.run('chain');
  const moduleId = await mica.run('publish', guest('contract'), guest('service'));
  return mica.run('create', moduleId, '--argument', '0');
}

export async function measureApps(pair: Pair, net: TestNetwork, count: number): Promise<Row[]> {
  const { ours, theirs, oursChain: chain } = pair;
  const id = await publishCounter(net);
  const asked = {
    ours: (query: string) =>
      ours.evaluate(([chain, id, query]) => globalThis.ours.query(chain, id, query), [
        chain,
        id,
        query,
      ] as const),
    theirs: (query: string) =>
      theirs.evaluate(([id, query]) => globalThis.theirs.query(id, query), [id, query] as const),
  };
  const changed = {
    ours: () =>
      ours.evaluate(([chain, id, query]) => globalThis.ours.mutate(chain, id, query), [
        chain,
        id,
        INCREMENT,
      ] as const),
    theirs: async () => (await asked.theirs(INCREMENT))[1],
  };
  const first = { ours: 0, theirs: 0 };
  const warm = { ours: [] as number[], theirs: [] as number[] };
  const mutations = { ours: [] as number[], theirs: [] as number[] };
  for (const side of ['ours', 'theirs'] as const) first[side] = (await asked[side](VALUE))[1];
  // In turns of ten, so that both meet the same weather; the first turn is not counted.
  for (let turn = -1; turn < count / 10; turn += 1) {
    for (const side of ['ours', 'theirs'] as const) {
      const [queries, blocks] = [[] as number[], [] as number[]];
      for (let n = 0; n < 10; n += 1) {
        queries.push((await asked[side](VALUE))[1]);
        blocks.push(await changed[side]());
      }
      if (turn < 0) continue;
      warm[side].push(...queries);
      mutations[side].push(...blocks);
    }
  }
  const value = count + 10;
  for (const side of ['ours', 'theirs'] as const) {
    same((await asked[side](VALUE))[0].replace(/\s/g, ''), `{"data":{"value":${value}}}`, side);
  }
  const execution = await ours.evaluate(
    ([chain, id, query, times]) => globalThis.ours.execute(chain, id, query, times),
    [chain, id, INCREMENT, IN_ONE_BLOCK] as const,
  );
  return rows(first, warm, mutations, execution);
}

function rows(
  first: { ours: number; theirs: number },
  warm: { ours: number[]; theirs: number[] },
  mutations: { ours: number[]; theirs: number[] },
  execution: number,
): Row[] {
  const of = (what: string, sides: { ours: number[]; theirs: number[] }, limit: number) => {
    const [ours, theirs] = [median(sides.ours), median(sides.theirs)];
    const p95 = [percentile(sides.ours, 0.95), percentile(sides.theirs, 0.95)];
    return compared(what, 'ms', ours, theirs, limit, `${limit} or less`, { p95 });
  };
  const begun = 'first query of an application, page ready';
  return [
    compared(begun, 'ms', first.ours, first.theirs, 0.1, 'a tenth or less'),
    of('warm query (C++ counter), median', warm, 0.2),
    of('mutation to certified block, 4 validators, median', mutations, 0.5),
    {
      what: `operations a second, ${IN_ONE_BLOCK} increments in one block, executed here`,
      unit: '/s',
      ours: (IN_ONE_BLOCK / execution) * 1000,
      theirs: null,
      target: null,
    },
  ];
}
