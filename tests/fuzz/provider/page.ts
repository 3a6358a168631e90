// The provider in the page and the relay behind it: a page may call them with anything.
import fc from 'fast-check';
import { Relay } from '@mica/extension/content/relay';
import { checkPageMessage } from '@mica/extension/doors/page';
import { MicaProvider } from '@mica/extension/inpage/provider';
import type { RequestArguments } from '@mica/provider';
import { check, checkError, checkStrays } from './checks.ts';
import { ids, junk, messageTexts, requests } from './values.ts';

const turns = async () => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

// --- what a request may be made of --------------------------------------------------------------

const thrower = (): never => {
  throw new Error('thrown by the page');
};
const proxy = new Proxy(
  {},
  { get: thrower, has: thrower, ownKeys: thrower, getPrototypeOf: thrower },
);
const odd: Record<string, () => unknown> = {
  undefined: () => undefined,
  bigint: () => 1n,
  symbol: () => Symbol('s'),
  function: () => () => 'linera_accounts',
  date: () => new Date(Number.NaN),
  map: () => new Map([['method', 'linera_accounts']]),
  bytes: () => new Uint8Array(8),
  boxed: () => Object('linera_accounts') as unknown,
  regexp: () => /linera/g,
  holes: () => Array(5),
  promise: () => Promise.resolve('linera_accounts'),
  bare: () => Object.create(null) as unknown,
  cycle: () => {
    const loop: Record<string, unknown> = {};
    return Object.assign(loop, { loop });
  },
  getter: () => Object.defineProperty({}, 'amount', { get: thrower, enumerable: true }),
  'toJSON throws': () => ({ toJSON: thrower }),
  'toJSON of nothing': () => ({ toJSON: () => undefined }),
  'toJSON of a name': () => ({ toJSON: () => 'linera_accounts' }),
  'toString throws': () => ({ toString: thrower }),
  proxy: () => proxy,
  revoked: () => {
    const { proxy: gone, revoke } = Proxy.revocable({}, {});
    revoke();
    return gone;
  },
  deep: () => {
    let value: unknown = 1;
    for (let i = 0; i < 20_000; i += 1) value = [value];
    return value;
  },
};
const oddNames = Object.keys(odd);
const make = (name: string) => odd[name]?.();

/** How the whole argument is put together. */
const shapes: Record<string, (args: object) => unknown> = {
  plain: (args) => args,
  frozen: (args) => Object.freeze(args),
  inherited: (args) => Object.create(args) as unknown,
  'throws for method': (args) => Object.defineProperty(args, 'method', { get: thrower }),
  'throws for params': (args) => Object.defineProperty(args, 'params', { get: thrower }),
  'throws for id': (args) => Object.defineProperty(args, 'id', { get: thrower }),
  list: (args) => [args],
  function: (args) => Object.assign(() => undefined, { ...args }),
  nothing: () => undefined,
};

type Part = { value: unknown } | { odd: string } | { holds: string };
const part = (good: fc.Arbitrary<unknown>): fc.Arbitrary<Part> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ value: good }) },
    { weight: 2, arbitrary: fc.record({ value: junk }) },
    { weight: 1, arbitrary: fc.record({ odd: fc.constantFrom(...oddNames) }) },
    { weight: 1, arbitrary: fc.record({ holds: fc.constantFrom(...oddNames) }) },
  );
const partOf = (one: Part): unknown => {
  if ('value' in one) return one.value;
  return 'odd' in one ? make(one.odd) : { amount: [make(one.holds)] };
};

const calls = fc.record({
  shape: fc.oneof(
    { weight: 6, arbitrary: fc.constant('plain') },
    { weight: 3, arbitrary: fc.constantFrom(...Object.keys(shapes), ...oddNames) },
  ),
  method: part(requests.map(({ method }) => method)),
  params: part(requests.map(({ params }) => params)),
  id: part(fc.oneof(ids, fc.constant(undefined))),
});

/** It is refused in words, or posts what the door lets in and gets the answer to it. */
export const request = fc.asyncProperty(calls, async ({ shape, method, params, id }) => {
  const posted: string[] = [];
  const provider = new MicaProvider({
    post: (text) => void posted.push(text),
    newId: () => 'made-up',
  });
  const plain = { method: partOf(method), params: partOf(params), id: partOf(id) };
  const args = shape in shapes ? shapes[shape]?.(plain) : make(shape);
  let ended: { value: unknown } | { error: unknown } | null = null;
  const promise = provider.request(args as RequestArguments);
  check(promise instanceof Promise, 'no promise');
  promise.then(
    (value) => (ended = { value }),
    (error: unknown) => (ended = { error }),
  );
  await turns();
  const state = () => ended as { value?: unknown; error?: unknown } | null;
  if (posted.length === 0) {
    check(state()?.error !== undefined, 'neither posted nor refused');
    return checkError(state()?.error);
  }
  check(posted.length === 1 && state() === null, 'posted, and ended by itself');
  const message = checkPageMessage(posted[0]);
  check(message.kind === 'request', 'posted no request');
  provider.receive(JSON.stringify({ kind: 'answer', id: message.request.id, result: 'yes' }));
  await turns();
  check(state()?.value === 'yes', 'the answer was not heard');
});

// --- answers ------------------------------------------------------------------------------------

const few = fc.constantFrom('a', 'b', '__proto__');
const answers = fc.array(
  fc.oneof(
    fc.record({ ask: few }),
    fc.record({ answer: few, result: fc.jsonValue({ maxDepth: 1 }) }),
    fc.record({ refuse: few, reason: fc.string() }),
    fc.record({ event: fc.constantFrom('accountsChanged', '__proto__'), value: fc.jsonValue() }),
  ),
  { maxLength: 30, size: 'max' },
);

/** Every promise gets the first answer to its id that comes after it, and nothing else. */
export const receive = fc.asyncProperty(answers, async (steps) => {
  const provider = new MicaProvider({ post: () => undefined, newId: () => 'made-up' });
  const waiting = new Map<string, { got: string[]; due: string | null }[]>();
  const all: { got: string[]; due: string | null }[] = [];
  const due = (id: string, what: string) => {
    for (const one of waiting.get(id) ?? []) one.due = what;
    waiting.delete(id);
  };
  const heard: unknown[] = [];
  const events: unknown[] = [];
  provider.on('accountsChanged', (value) => void heard.push(value));
  for (const step of steps) {
    if ('ask' in step) {
      const one = { got: [] as string[], due: null };
      all.push(one);
      waiting.set(step.ask, [...(waiting.get(step.ask) ?? []), one]);
      void provider.request({ method: 'linera_accounts', id: step.ask }).then(
        (value) => one.got.push(`value ${JSON.stringify(value)}`),
        (error: Error) => one.got.push(`error ${error.message}`),
      );
    } else if ('answer' in step) {
      const { answer: id, result } = step;
      provider.receive(JSON.stringify({ kind: 'answer', id, result }));
      due(id, `value ${JSON.stringify(result)}`);
    } else if ('refuse' in step) {
      const { refuse: id, reason } = step;
      const error = { code: -32603, message: reason, data: { reason: 'NoQuorum' } };
      provider.receive(JSON.stringify({ kind: 'answer', id, error }));
      due(id, `error ${reason}`);
    } else {
      provider.receive(JSON.stringify({ kind: 'event', ...step }));
      if (step.event === 'accountsChanged') events.push(step.value);
    }
    await turns();
  }
  for (const { got, due: wanted } of all) {
    check(got.length === (wanted === null ? 0 : 1), `settled ${got.length} times`);
    check(wanted === null || got[0] === wanted, `${got[0]} in place of ${wanted}`);
  }
  check(JSON.stringify(heard) === JSON.stringify(events), 'other events');
});

// --- the relay ----------------------------------------------------------------------------------

const asked = few.map((id) => JSON.stringify({ kind: 'request', id, method: 'linera_accounts' }));
const answered = fc
  .tuple(few, fc.constantFrom(undefined, 's1', 's2'))
  .map(([id, said]) => JSON.stringify({ said, kind: 'answer', id, result: 1 }));
const relayed = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ page: asked }) },
    { weight: 1, arbitrary: fc.record({ page: messageTexts }) },
    { weight: 3, arbitrary: fc.record({ worker: answered }) },
    { weight: 1, arbitrary: fc.record({ worker: messageTexts }) },
    { weight: 1, arbitrary: fc.record({ worker: fc.constant('{"kind":"attach"}') }) },
    // What the oldest message that is still on its way comes to.
    {
      weight: 4,
      arbitrary: fc.record({
        sent: fc.oneof(
          fc.constantFrom('{"taken":true}', '{"refused":"no"}', '{"taken":false}'),
          fc.constant(new Error('message channel closed')),
          junk,
        ),
      }),
    },
    { weight: 1, arbitrary: fc.record({ broken: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ gone: fc.constant(true as const) }) },
    { weight: 2, arbitrary: fc.record({ timers: fc.integer({ min: 1, max: 20 }) }) },
  ),
  { maxLength: 40, size: 'max' },
);

function idOf(text: string, wanted: string): string | null {
  try {
    const { kind, id } = JSON.parse(text) as { kind?: unknown; id?: unknown };
    return kind === wanted && typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}

/** No text throws, no request is answered twice, and all once the extension is gone. */
export const relay = fc.asyncProperty(relayed, async (steps) => {
  const open = new Set<string>();
  const unasked: string[] = [];
  const timers: (() => void)[] = [];
  const lines: (() => void)[] = [];
  const onTheWay: ((end: unknown) => void)[] = [];
  let broken = false;
  let gone = false;
  const one = new Relay({
    send: () => {
      if (broken) throw new Error('Extension context invalidated.');
      return new Promise((resolve, reject) => {
        onTheWay.push((end) => (end instanceof Error ? reject(end) : resolve(end)));
      });
    },
    toPage: (text) => {
      const id = idOf(text, 'answer');
      if (id !== null && !open.delete(id)) unasked.push(id);
    },
    clock: {
      now: () => 0,
      wakeAt(_time, run) {
        timers.push(run);
        return () => void (timers.includes(run) && timers.splice(timers.indexOf(run), 1));
      },
    },
    watch: (lost) => void lines.push(lost),
    isActivated: () => false,
    isConnected: () => !gone,
  });
  for (const step of steps) {
    if ('page' in step) {
      const id = idOf(step.page, 'request');
      if (id !== null) open.add(id);
      one.fromPage(step.page);
    } else if ('worker' in step) one.fromWorker(step.worker);
    else if ('sent' in step) onTheWay.shift()?.(step.sent);
    else if ('broken' in step) broken = step.broken;
    else if ('gone' in step) {
      gone = true;
      for (const lost of lines.splice(0)) lost();
    } else
      for (let round = 0; round < step.timers; round += 1) {
        for (const run of timers.splice(0)) run();
        await turns();
      }
    await turns();
    check(unasked.length === 0, `an answer to ${unasked[0]} that nobody waits for`);
  }
  if (gone) {
    for (const run of timers.splice(0)) run();
    await turns();
    check(open.size === 0, 'the extension is gone, and a call waits for it');
  }
  await checkStrays();
});
