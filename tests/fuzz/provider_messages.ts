// What pages can send to the wallet: nothing of it may crash, hang, sign, show or store what it
// must not.   npm run fuzz -- provider_messages; alone: --seconds N --seed S (0: a new one)
import fc from 'fast-check';
import {
  checkPageMessage,
  checkPageSender,
  DoorError,
  type PageSender,
} from '../../extension/src/doors/page.ts';
import { Relay } from '../../extension/src/content/relay.ts';
import { MAX_WAITING_PER_ORIGIN, pageLimits } from '../../extension/src/engine/rate_limit.ts';
import { toError } from '../../extension/src/engine/page_api.ts';
import { MicaProvider } from '../../extension/src/inpage/provider.ts';
import { alice, chainA, chainB } from '../../extension/src/testing/fake_engine.ts';
import { connect, makeWorld, site, type World } from '../../extension/src/testing/world.ts';
import { ProviderError, providerCodes } from '../../js-bindings/src/provider/types.ts';
import { anything, id, made, method, params, text } from './provider_arbitraries.ts';

const option = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

function demand(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

const codes = new Set<number>(Object.values(providerCodes));
const good = (error: { code: number; message: string; data?: unknown }) =>
  codes.has(error.code) &&
  error.message.length > 0 &&
  /^[A-Z][A-Za-z]+$/.test(String((error.data as { reason?: unknown } | undefined)?.reason));

/** Either the value, or the DoorError's message. */
function atTheDoor<T>(enter: () => T): T | string {
  try {
    return enter();
  } catch (error) {
    demand(error instanceof DoorError, `not a DoorError: ${String(error)}`);
    return error.message;
  }
}

const door = fc.property(fc.oneof(text, fc.anything()), (message) => {
  const passed = atTheDoor(() => checkPageMessage(message));
  if (typeof passed === 'string' || passed.kind === 'attach') return;
  const { kind, request } = passed;
  demand(/^[\w-]{1,64}$/.test(request.id) && /^\w{1,64}$/.test(request.method), 'id and method');
  const again = checkPageMessage(JSON.stringify({ kind, ...request }));
  demand(JSON.stringify(again) === JSON.stringify(passed), 'the same again');
});

const urls = fc.oneof(
  fc.webUrl(),
  fc.webUrl({ validSchemes: ['http', 'ftp', 'chrome-extension'] }),
  fc.constantFrom('http://localhost:8080/x', 'http://127.0.0.1/', 'http://[::1]:1/', 'null'),
  fc.constantFrom('http://localhost.evil.example/', 'http://127.0.0.1.evil.example', 'data:,x'),
  fc.string(),
);
const senders = fc.record(
  {
    id: fc.constantFrom('ours', 'theirs'),
    origin: urls,
    url: urls,
    frameId: fc.constantFrom(0, 1),
    documentId: fc.constantFrom('D', ''),
    documentLifecycle: fc.constantFrom('active', 'prerender'),
    tab: fc.record({ id: fc.nat() }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
const fromSame = senders.chain((one) =>
  fc.boolean().map((s) => (s ? { ...one, url: one.origin } : one)),
);

const sender = fc.property(fromSame as fc.Arbitrary<object>, (one: object) => {
  const passed = atTheDoor(() => checkPageSender(one, 'ours'));
  if (typeof passed === 'string') return;
  const claimed = one as { id: string; origin: string; url: string; frameId: number };
  const { protocol, hostname, origin } = new URL(claimed.url);
  demand(passed.origin === origin && passed.origin === new URL(claimed.origin).origin, 'origin');
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  demand(protocol === 'https:' || (protocol === 'http:' && here), `${origin} is not secure`);
  demand(claimed.id === 'ours' && claimed.frameId === 0, 'another script or frame');
});

const provider = fc.asyncProperty(fc.array(anything, { maxLength: 8 }), async (all) => {
  const posted: string[] = [];
  let ids = 0;
  const wallet = new MicaProvider({
    post: (message) => void posted.push(message),
    newId: () => `n-${(ids += 1)}`,
  });
  const settled: unknown[] = [];
  for (const one of all) {
    const before = posted.length;
    const answer = wallet.request(made(one) as never);
    answer.then(
      (value) => void settled.push(value),
      (error: unknown) => void settled.push(error),
    );
    await Promise.resolve();
    await Promise.resolve();
    if (posted.length > before) continue;
    const error = settled.at(-1);
    demand(error instanceof ProviderError && good(error), `refused by ${String(error)}`);
  }
  const sent = posted.map((message) => checkPageMessageOrSize(message)).filter(Boolean);
  const refused = all.length - posted.length;
  demand(settled.length === refused, 'what was sent is not answered yet');
  for (const answerId of [...sent, ...sent]) {
    wallet.receive(JSON.stringify({ kind: 'answer', id: answerId, result: 1 }));
  }
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
  demand(settled.length === refused + sent.length, 'each is answered once');
});

/** The request's id; null for what the door refuses for its length alone. */
function checkPageMessageOrSize(message: string): string | null {
  const passed = atTheDoor(() => checkPageMessage(message));
  if (passed === 'too long') return null;
  demand(typeof passed === 'object' && passed.kind === 'request', `posted: ${String(passed)}`);
  return passed.request.id;
}

const relay = fc.asyncProperty(
  fc.array(fc.tuple(fc.boolean(), text), { maxLength: 20 }),
  fc.constantFrom('{"taken":true}', '{"refused":"no"}', '', 'null', '[1]'),
  async (all, reply) => {
    const told: string[] = [];
    const carrier = new Relay({
      send: () => Promise.resolve(reply),
      toPage: (message) => void told.push(message),
      later: () => undefined,
    });
    const asked = new Map<string, number>();
    for (const [fromPage, message] of all) {
      if (fromPage) carrier.fromPage(message);
      else carrier.fromWorker(message);
      for (let i = 0; i < 4; i += 1) await Promise.resolve();
      const value = fromPage ? asObject(message) : {};
      if (value['kind'] === 'request' && typeof value['id'] === 'string') {
        asked.set(value['id'], (asked.get(value['id']) ?? 0) + 1);
      }
    }
    const answered = new Map<string, number>();
    for (const { kind, id: of } of told.map(asObject)) {
      if (kind === 'answer') answered.set(String(of), (answered.get(String(of)) ?? 0) + 1);
    }
    for (const [of, count] of answered) {
      if (of !== 'undefined') demand(count <= (asked.get(of) ?? 0), `${of}: ${count} answers`);
    }
  },
);

function asObject(message: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

// --- the engine's side ---------------------------------------------------------------------------

const stranger: PageSender = { origin: 'https://evil.example', tabId: 2, documentId: 'D2' };
const other: PageSender = { origin: 'https://news.example', tabId: 3, documentId: 'D3' };
const PRIVATE = ['linera_getBalance', 'linera_getActivity', 'linera_getCertificate'];

const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      page: fc.constantFrom(site, site, stranger, other),
      request: fc.record({ id, method, params }),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<('lock' | 'unlock')[]>('lock', 'unlock') },
  { weight: 1, arbitrary: fc.integer({ min: 10, max: 1000 }) },
);

interface Asked {
  page: PageSender;
  method: string;
  id: string;
  locked: boolean;
  at: number;
  result?: unknown;
  error?: ReturnType<typeof toError>;
}

/** As it comes through the door; null where that refuses it. */
function through(world: World, page: PageSender, request: object, locked: boolean): Asked | null {
  const passed = atTheDoor(() => checkPageMessage(JSON.stringify({ kind: 'request', ...request })));
  if (typeof passed === 'string' || passed.kind !== 'request') return null;
  const { id, method } = passed.request;
  const asked: Asked = { page, method, id, locked, at: world.clock.now };
  world.service.pages.request(page, passed.request).then(
    (result) => (asked.result = result ?? null),
    (error: unknown) => (asked.error = toError(error)),
  );
  return asked;
}

function judge(world: World, all: Asked[]): void {
  const session = world.service.session!;
  for (const { page, method, id, locked, result, error } of all) {
    const name = `${page.origin} ${method} ${id}`;
    if (error) {
      demand(good(error), `${name}: error ${JSON.stringify(error)}`);
      demand(
        error.data && (error.data as { reason: string }).reason !== 'Internal',
        `${name}: bug`,
      );
    } else if (result === undefined) {
      const status = session.requests.get(page.origin, id)?.status;
      demand(status === 'waiting', `${name} hangs: ${status}`);
    } else {
      const shown = JSON.stringify(result);
      demand(!shown.includes(chainB), `${name} shows a chain that nobody gave`);
      const open = page === site || !(shown.includes(chainA) || shown.includes(alice));
      demand(open, `${name} shows a stranger the wallet`);
      demand(!(locked && PRIVATE.includes(method)), `${name} answered while locked`);
    }
  }
  for (const { origin } of [site, stranger, other]) {
    demand(session.requests.countOpen(origin) <= MAX_WAITING_PER_ORIGIN, `${origin}: windows`);
    const mine = all.filter(({ page }) => page.origin === origin);
    const let_in = mine.filter(
      ({ error }) => (error?.data as { reason?: string } | undefined)?.reason !== 'RateLimited',
    );
    const seconds = ((mine.at(-1)?.at ?? 0) - (mine[0]?.at ?? 0)) / 1000;
    const most = pageLimits.burst + pageLimits.perSecond * seconds;
    demand(let_in.length <= most + 1, `${origin}: ${let_in.length} in ${seconds} s`);
  }
  const signed = world.engine.commands.some(({ $ }) => $ === 'CommitDraft');
  demand(!signed, 'a block was committed that nobody approved');
}

const engine = fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), async (steps) => {
  const world = await makeWorld();
  world.unlock();
  await connect(world);
  let locked = false;
  const all: Asked[] = [];
  for (const one of steps) {
    if (one === 'lock' || one === 'unlock') {
      await world.settle();
      world[one]();
      locked = one === 'lock';
    } else if (typeof one === 'number') {
      await world.settle(one);
    } else {
      const asked = through(world, one.page, one.request, locked);
      if (asked) all.push(asked);
    }
  }
  await world.settle(5000);
  judge(world, all);
});

// -------------------------------------------------------------------------------------------------

const properties = { door, sender, provider, relay, engine };
const seconds = option('seconds', 600);
const seed = option('seed', 0) || Date.now() % 1_000_000_007;
console.warn = () => {};
console.log(`seed ${seed}`);
let failed = 0;
for (const [name, property] of Object.entries(properties)) {
  // The engine's side is the largest.
  const share = name === 'engine' ? 0.6 : 0.1;
  const details = await fc.check(property as fc.IAsyncProperty<unknown>, {
    seed,
    numRuns: 2 ** 31 - 1,
    interruptAfterTimeLimit: seconds * share * 1000,
    endOnFailure: false,
  });
  if (details.failed && !details.interrupted) {
    failed += 1;
    console.log(fc.defaultReportMessage(details));
    console.log(details.errorInstance);
  }
  console.log(`${details.failed ? 'FAILED' : 'ok    '} ${details.numRuns} runs  ${name}`);
}
console.log(`${Object.keys(properties).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
