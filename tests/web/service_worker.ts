// The service worker stopped again and again while a page's requests, approvals and incoming money
// are under way: every promise settles once and rightly, every payment happens once, every
// notice and event comes, none twice.   tsx tests/web/service_worker.ts [--stops N] [--seed S]
import { createServer } from 'node:http';
import type { Page } from 'playwright-core';
import { call, stateOf } from './lib/extension.ts';
import { ask, KillWorld } from './lib/kill_world.ts';
import { check, same, sleep, Steps, until } from './lib/steps.ts';
import { fromHex, ownerFromText, toHex } from '@mica/js-bindings/node';

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}
const stops = option('--stops', 30);
let state = option('--seed', Date.now() % 1_000_000) >>> 0;
console.log(`seed ${state}`);
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

const PAGE_PORT = 28080;
const TRANSFERS = 4;
const READS = 40;
const PAYMENTS = 6;
const PAID_IN = 7n * 10n ** 15n;

const steps = new Steps();
const site = createServer((_, response) =>
  response
    .writeHead(200, { 'content-type': 'text/html' })
    .end('<!doctype html><title>page</title>'),
);
await new Promise<void>((resolve) => site.listen(PAGE_PORT, '127.0.0.1', resolve));
const world = await KillWorld.start();

interface Heard {
  /** How often each request of the page got an answer, by id. */
  answers: Record<string, number>;
  settled: Record<string, unknown>;
  balances: { chainId: string; attos: string; incoming: string }[];
}
type Scope = typeof globalThis & {
  heard: Heard;
  provider: {
    request(a: object): Promise<unknown>;
    on(e: string, l: (v: unknown) => void): void;
  };
};

async function openPage(): Promise<Page> {
  const page = await world.browser.context.newPage();
  await page.goto(`http://127.0.0.1:${PAGE_PORT}/`);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const scope = globalThis as Scope;
        scope.heard = { answers: {}, settled: {}, balances: [] };
        addEventListener('message', ({ data }) => {
          if (data?.target !== 'mica:to-page') return;
          const { kind, id } = JSON.parse(data.text) as { kind: string; id: string };
          if (kind === 'answer') scope.heard.answers[id] = (scope.heard.answers[id] ?? 0) + 1;
        });
        addEventListener('linera:announceProvider', (event) => {
          scope.provider = (event as CustomEvent).detail.provider;
          scope.provider.on('balanceChanged', (value) =>
            scope.heard.balances.push(value as Heard['balances'][0]),
          );
          resolve();
        });
        dispatchEvent(new Event('linera:requestProvider'));
      }),
  );
  return page;
}

/** Sends it; what becomes of it stands in `heard.settled`. */
const ask1 = (page: Page, id: string, method: string, params?: object) =>
  page.evaluate(
    ([id, method, params]) => {
      const { provider, heard } = globalThis as Scope;
      void provider.request({ id, method, params }).then(
        (result) => (heard.settled[id] = { result }),
        ({ code, message }) => (heard.settled[id] = { code, message }),
      );
    },
    [id, method, params] as const,
  );
const heard = (page: Page) => page.evaluate(() => (globalThis as Scope).heard);

let stopped = 0;
async function keepStopping(until: () => boolean): Promise<void> {
  if (stops === 0) return;
  while (!until()) {
    await sleep(30 + random() * 400);
    await world.browser.stopServiceWorker(world.page);
    stopped += 1;
  }
}

// Yes to whatever transfer waits, as its person would.
async function keepApproving(until: () => boolean): Promise<void> {
  const done = new Set<string>();
  while (!until()) {
    await lookForNotices();
    const { approvals } = await stateOf(world.page);
    for (const { id, kind } of approvals) {
      if (kind !== 'transfer' || done.has(id)) continue;
      const ready = (await call(world.page, 'wallet', 'getApproval', { id }).catch(() => null)) as {
        status: string;
      } | null;
      if (ready?.status !== 'ready') continue;
      done.add(id);
      const { done: settled } = await world.approve(id);
      await settled.catch(() => undefined);
    }
    await sleep(50);
  }
}

async function payIn(): Promise<void> {
  const { faucetClient, faucetChain } = world.net.network;
  const draft = await ask(faucetClient, 'Draft', {
    $: 'PrepareBlock',
    chain_id: faucetChain,
    operations: [
      {
        $: 'System',
        value: {
          $: 'Transfer',
          owner: ownerFromText('0x00'),
          recipient: { chain_id: fromHex(world.normal), owner: ownerFromText('0x00') },
          amount: PAID_IN,
        },
      },
    ],
    data_blobs: [],
    receive_incoming: false,
  });
  await ask(faucetClient, 'Committed', { $: 'CommitDraft', value: draft.draft_id });
}

/** Every notice seen so far, by id: the browser takes them away after seconds. */
const noticed = new Set<string>();
async function lookForNotices(): Promise<void> {
  const ids = await world.page.evaluate(async () =>
    Object.keys(await chrome.notifications.getAll()),
  );
  for (const id of ids) noticed.add(id);
}

const amount = (index: number) => `0.00000000000${index + 1}`;

try {
  let page!: Page;
  await steps.run('a page is connected', async () => {
    page = await openPage();
    await ask1(page, 'connect', 'linera_requestAccounts');
    const approval = await until('the request', async () =>
      (await stateOf(world.page)).approvals.find(({ kind }) => kind === 'connect'),
    );
    const chainIds = [world.normal];
    await call(world.page, 'wallet', 'approveConnect', { id: approval.id, chainIds });
    await until('connected', async () => (await heard(page)).settled['connect']);
  });

  await steps.run(
    `requests, approvals and payments through ${stops} stops or more`,
    async () => {
      const before = (await world.state()).chains.find(({ chainId }) => chainId === world.normal)!;
      await lookForNotices();
      const noticesBefore = noticed.size;
      let over = false;
      const background = [
        keepStopping(() => over && stopped >= stops),
        keepApproving(() => over && stopped >= stops),
      ];
      const ids: string[] = [];
      await traffic(page, ids);
      const all = await until(
        'every promise has settled',
        async () => {
          const now = await heard(page);
          return ids.every((id) => id in now.settled) && now;
        },
        30_000,
      )
        .catch(async (error: unknown) => {
          const now = await heard(page);
          throw new Error(
            `${String(error)}: ${ids.filter((id) => !(id in now.settled)).join(' ')}`,
          );
        })
        .finally(() => {
          over = true;
        });
      await Promise.all(background);
      await judge(page, ids, all, BigInt(before.chainBalance), noticesBefore);
    },
    false,
  );
} finally {
  site.close();
  await world.close();
}
process.exit(steps.finish());

function same2(a: Heard['balances'][0], b: Heard['balances'][0]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Reads, transfers and payments in, at once; the ids of the page's requests go to `ids`. */
async function traffic(page: Page, ids: string[]): Promise<void> {
  const reads = (async () => {
    for (let i = 0; i < READS; i += 1) {
      ids.push(`read-${i}`);
      await ask1(page, `read-${i}`, 'linera_getBalance', { chainId: world.normal });
      await sleep(150 + random() * 200);
    }
  })();
  const transfers = (async () => {
    for (let i = 0; i < TRANSFERS; i += 1) {
      ids.push(`pay-${i}`);
      await ask1(page, `pay-${i}`, 'linera_transfer', {
        chainId: world.normal,
        recipient: toHex(world.net.network.faucetChain),
        amount: amount(i),
      });
      await sleep(1500 * random());
    }
  })();
  const payments = (async () => {
    for (let i = 0; i < PAYMENTS; i += 1) {
      await payIn();
      await until(
        'received',
        async () => {
          const received = (await world.activity(world.normal)).filter(
            (entry) => BigInt(entry.amount) === PAID_IN,
          );
          return received.length === i + 1;
        },
        60_000,
      );
    }
  })();
  await Promise.all([reads, transfers, payments]);
}

async function judge(
  page: Page,
  ids: string[],
  all: Heard,
  before: bigint,
  noticesBefore: number,
): Promise<void> {
  const wrong = ids.filter((id) => !('result' in (all.settled[id] as object)));
  same(
    wrong.map((id) => all.settled[id]),
    [],
    'answers that are errors',
  );
  const history = await world.activity(world.normal);
  for (let i = 0; i < TRANSFERS; i += 1) {
    const attos = -BigInt(i + 1) * 10n ** 6n;
    same(history.filter((entry) => BigInt(entry.amount) === attos).length, 1, `payment ${i}`);
  }
  await world.settled();
  const now = (await world.state()).chains.find(({ chainId }) => chainId === world.normal)!;
  const out = BigInt((TRANSFERS * (TRANSFERS + 1)) / 2) * 10n ** 6n;
  const wanted = before + BigInt(PAYMENTS) * PAID_IN - out;
  same(BigInt(now.chainBalance), wanted, 'the balance');
  const { balances } = await until(
    'the last balance is told',
    async () => {
      const told = await heard(page);
      const last = told.balances.at(-1);
      return last?.attos === now.chainBalance && last.incoming === '0' && told;
    },
    10_000,
  );
  const twice = balances.filter((one, at) => at > 0 && same2(one, balances[at - 1]!));
  const doubled = Object.entries(all.answers).filter(([, count]) => count > 1);
  await lookForNotices();
  const told = noticed.size - noticesBefore;
  console.log(
    JSON.stringify({
      stopped,
      balances: balances.length,
      sameAgain: twice.length,
      doubled,
      told,
    }),
  );
  same(doubled, [], 'answers given twice');
  same(told, PAYMENTS, 'notices of incoming money');
  same((await stateOf(world.page)).approvals, [], 'approvals left');
  check(stopped >= stops, 'stopped often enough');
}
