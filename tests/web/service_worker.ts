// The service worker stopped again and again while a page's requests, approvals and incoming money
// are under way: every promise settles once and rightly, every payment happens once, every
// notice and event comes, none twice.   npm run service-worker -- [--stops N] [--seed S]
import type { Page } from 'playwright-core';
import { readOptions } from '@mica/tools/lib';
import { serveBlank } from './lib/blank_site.ts';
import { call, stateOf } from './lib/extension.ts';
import { ask } from '@mica/bindings/commands';
import { KillWorld } from './lib/kill_world.ts';
import { NOTICE_EVERY_MS } from '@mica/bindings/limits';
import { toAmount } from '@mica/bindings/scalars';
import { chainIdFromText } from '@mica/bindings/text';
import { formatTokens } from '@mica/wallet-contract/amounts';
import { check, same, sleep, Steps, until } from './lib/steps.ts';
import { ownerFromText, toHex } from '@mica/bindings/node';

const { stops, seed } = readOptions({ stops: 120, seed: Date.now() % 1_000_000 });
let state = seed >>> 0;
console.log(`seed ${state}`);
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

/** In parts of so many stops: a new page, and the traffic below. */
const STOPS = 30;
const TRANSFERS = 4;
const READS = 40;
const PAYMENTS = 6;
// Each part has amounts of its own.
const paidIn = (part: number) => 7n * 10n ** 15n + BigInt(part);
const paidOut = (part: number, i: number) => BigInt(part * TRANSFERS + i + 1) * 10n ** 6n;

const steps = new Steps();
const site = await serveBlank();
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
  await page.goto(site.url);
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
      if (kind !== 'block' || done.has(id)) continue;
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

async function payIn(amount: bigint): Promise<void> {
  const { faucetClient, faucetChain } = world.net.network;
  const draft = await ask(faucetClient, {
    $: 'PrepareBlock',
    chain_id: faucetChain,
    operations: [
      {
        $: 'System',
        value: {
          $: 'Transfer',
          owner: ownerFromText('0x00'),
          recipient: { chain_id: chainIdFromText(world.normal), owner: ownerFromText('0x00') },
          amount: toAmount(amount),
        },
      },
    ],
    blobs: [],
    receive_incoming: false,
  });
  await ask(faucetClient, { $: 'CommitDraft', value: draft.draft_id });
}

/** Every notice seen so far, by id: the browser takes them away after seconds. */
const noticed = new Set<string>();
const began = performance.now();
async function lookForNotices(): Promise<void> {
  const ids = await world.page.evaluate(async () =>
    Object.keys(await chrome.notifications.getAll()),
  );
  for (const id of ids) noticed.add(id);
}

try {
  let page = await openPage();
  await steps.run('a page is connected', async () => {
    await ask1(page, 'connect', 'linera_requestAccounts');
    const approval = await until('the request', async () =>
      (await stateOf(world.page)).approvals.find(({ kind }) => kind === 'connect'),
    );
    const chainIds = [world.normal];
    await call(world.page, 'wallet', 'approveConnect', { id: approval.id, chainIds });
    await until('connected', async () => (await heard(page)).settled['connect']);
  });

  for (let part = 0; part * STOPS < stops; part += 1) {
    if (part > 0) {
      await page.close();
      page = await openPage();
    }
    const name = `part ${part + 1}: requests, approvals, payments through ${STOPS} stops or more`;
    await steps.run(name, () => throughStops(page, part), false);
  }
  await steps.run('incoming money is told once a minute, the last of it too', async () => {
    const told = async () => (await lookForNotices(), noticed.size >= 2);
    await until('the last notice', told, NOTICE_EVERY_MS + 10_000);
    const most = 2 + Math.floor((performance.now() - began) / NOTICE_EVERY_MS);
    check(noticed.size <= most, `${noticed.size} notices, at most ${most}`);
  });
} finally {
  site.close();
  await world.close();
}
process.exit(steps.finish());

function same2(a: Heard['balances'][0], b: Heard['balances'][0]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

async function throughStops(page: Page, part: number): Promise<void> {
  const before = (await world.state()).chains.find(({ chainId }) => chainId === world.normal)!;
  await lookForNotices();
  const noticesBefore = noticed.size;
  stopped = 0;
  let over = false;
  const background = [
    keepStopping(() => over && stopped >= STOPS),
    keepApproving(() => over && stopped >= STOPS),
  ];
  const ids: string[] = [];
  const all = await traffic(page, part, ids)
    .then(() => allSettled(page, ids))
    .finally(() => {
      over = true;
    });
  await Promise.all(background);
  await judge(page, part, ids, all, BigInt(before.chainBalance), noticesBefore);
}

function allSettled(page: Page, ids: string[]): Promise<Heard> {
  let missing = ids;
  return until(
    'every promise has settled',
    async () => {
      const now = await heard(page);
      missing = ids.filter((id) => !(id in now.settled));
      return missing.length === 0 && now;
    },
    30_000,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${missing.join(' ')}`);
  });
}

/** Reads, transfers and payments in, at once; the ids of the page's requests go to `ids`. */
async function traffic(page: Page, part: number, ids: string[]): Promise<void> {
  const reads = (async () => {
    for (let i = 0; i < READS; i += 1) {
      const id = `read-${part}-${i}`;
      ids.push(id);
      await ask1(page, id, 'linera_getBalance', { chainId: world.normal });
      await sleep(150 + random() * 200);
    }
  })();
  const transfers = (async () => {
    for (let i = 0; i < TRANSFERS; i += 1) {
      const id = `pay-${part}-${i}`;
      ids.push(id);
      await ask1(page, id, 'linera_transfer', {
        chainId: world.normal,
        recipient: toHex(world.net.network.faucetChain),
        amount: formatTokens(paidOut(part, i)),
      });
      await sleep(1500 * random());
    }
  })();
  const payments = (async () => {
    for (let i = 0; i < PAYMENTS; i += 1) {
      await payIn(paidIn(part));
      await until(
        'received',
        async () => {
          const received = (await world.activity(world.normal)).filter(
            (entry) => BigInt(entry.amount) === paidIn(part),
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
  part: number,
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
  let out = 0n;
  for (let i = 0; i < TRANSFERS; i += 1) {
    const paid = history.filter((entry) => BigInt(entry.amount) === -paidOut(part, i));
    same(paid.length, 1, `payment ${i}`);
    out += paidOut(part, i);
  }
  await world.settled();
  const now = (await world.state()).chains.find(({ chainId }) => chainId === world.normal)!;
  const wanted = before + BigInt(PAYMENTS) * paidIn(part) - out;
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
  same((await stateOf(world.page)).approvals, [], 'approvals left');
  check(stopped >= STOPS, 'stopped often enough');
}
