// What pages may send: garbage, messages with something wrong in them, and parameters that are
// almost right. All of it is data that can be printed, read and shrunk.
import fc from 'fast-check';
import type { MethodName } from '@mica/provider';
import { alice, chainA, chainB, nowhere } from '@mica/extension/testing/fake_engine';

/** A chain that the wallet watches and does not own. */
export const watched = 'd'.repeat(64);
/** The hash of a block of chain A, of B, and of none. */
export const blocks = { a: '1a'.repeat(32), b: '1b'.repeat(32), none: '1c'.repeat(32) };

export const sites = [
  { origin: 'https://shop.example', granted: [chainA] },
  { origin: 'https://both.example:8443', granted: [chainB, chainA] },
  { origin: 'https://watch.example', granted: [watched] },
  { origin: 'https://stranger.example', granted: [] },
  { origin: 'http://127.0.0.1:5173', granted: [] },
];

/** The names that objects have of their own, and those of the protocol. */
const names = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'toJSON', 'hasOwnProperty', 'then'],
  ...['kind', 'id', 'method', 'params', 'origin', 'result', 'error', 'length', '0'],
  ...['recipient', 'amount', 'attos', 'chainId', 'source', 'message', 'limit', 'below'],
];

const numbers = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(-0, 0, 1, 101, 2 ** 53 - 1, 2 ** 53, 2 ** 64, 1e21, 1e308, 0.1),
);

const alike: Record<string, string> = {
  a: 'а',
  b: 'Ｂ',
  '0': '٠',
  '1': '１',
  s: 'ѕ',
  o: 'ο',
  x: '×',
};
const twists: Record<string, (text: string) => string> = {
  same: (text) => text,
  upper: (text) => text.toUpperCase(),
  padded: (text) => ` \u00a0${text}\ufeff\n`,
  alike: (text) => text.replace(/[ab01sox]/, (letter) => alike[letter] ?? letter),
  invisible: (text) => `${text.slice(0, 3)}\u200b${text.slice(3)}`,
  short: (text) => text.slice(1),
  twice: (text) => text + text,
  prefixed: (text) => `0x${text}`,
  torn: (text) => `${text}\ud800`,
  ended: (text) => `${text}\u0000`,
};
/** Mostly as it is. */
const twisted = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(
      text,
      fc.oneof(
        { weight: 8, arbitrary: fc.constant('same') },
        { weight: 1, arbitrary: fc.constantFrom(...Object.keys(twists)) },
      ),
    )
    .map(([one, how]) => twists[how]?.(one) ?? one);

const chains = twisted(fc.constantFrom(chainA, chainA, chainB, watched, nowhere));
const owners = twisted(
  fc.constantFrom(alice, '0x00', `0x${'22'.repeat(20)}`, `0x${'33'.repeat(32)}`),
);
const recipients = fc.oneof(
  chains,
  fc.tuple(owners, chains).map(([owner, chain]) => `${owner}@${chain}`),
  fc.tuple(owners, chains).map(([owner, chain]) => `${chain}:${owner}`),
);
const MAX_ATTOS = `${2n ** 128n - 1n}`;
const amounts = twisted(
  fc.oneof(
    fc.constantFrom(
      '1.5',
      '0.000000000000000001',
      '2',
      '11',
      '0',
      '-1',
      '1e3',
      '0x10',
      '.5',
      '1,5',
    ),
    fc.constantFrom('9'.repeat(39), '340282366920938463463.374607431768211456', 'NaN', ''),
  ),
);
const attos = twisted(fc.constantFrom('1', '1500000000000000000', '0', MAX_ATTOS, `${MAX_ATTOS}0`));
const hosts = sites.map(({ origin }) => new URL(origin).host);
const signIn = twisted(
  fc
    .tuple(twisted(fc.constantFrom('shop.example', 'shop.example', ...hosts, '')), owners)
    .map(
      ([host, owner]) =>
        `${host} wants you to sign in with your Linera account:\n${owner}\n\nURI: https://${host}/`,
    ),
);
const hashes = twisted(fc.constantFrom(blocks.a, blocks.b, blocks.none));

const base64s = twisted(fc.constantFrom('aGVsbG8=', 'AA==', 'AB==', '', '====', 'QUJD', 'QQ'));

/** Brackets `depth` deep: more than JSON.stringify could write. */
const deepText = fc
  .tuple(fc.integer({ min: 1, max: 30_000 }), fc.boolean())
  .map(([depth, list]) =>
    list
      ? '['.repeat(depth) + ']'.repeat(depth)
      : `${'{"a":'.repeat(depth / 3)}1${'}'.repeat(depth / 3)}`,
  );
const hugeText = fc.integer({ min: 1, max: 70_000 }).map((length) => 'x'.repeat(length));

export const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 4, arbitrary: fc.constantFrom(...names, '', 'null', '\u0000', '\ud800', '👩‍👩‍👧') },
  { weight: 2, arbitrary: fc.oneof(chains, owners, amounts, signIn) },
  { weight: 1, arbitrary: fc.constant('y'.repeat(32)) },
  { weight: 1, arbitrary: hugeText },
);

export const junk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: anyText },
  { weight: 3, arbitrary: numbers },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 2, arbitrary: fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 1 })) },
);

// --- almost valid -------------------------------------------------------------------------------

/** Ids that meet often, and others. */
export const ids = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c') },
  { weight: 1, arbitrary: fc.stringMatching(/^[\w-]{1,64}$/) },
);

const queries = fc.oneof(fc.constantFrom('{ value }', 'mutation { increment }'), fc.string());

const orders = fc.oneof(
  fc.record({ recipient: recipients, amount: amounts }),
  fc.record({ recipient: recipients, attos }),
);
const simulated = fc.oneof(fc.record({ applicationId: hashes, bytes: base64s }), orders);

const optional = { requiredKeys: [] };
const valid: Record<MethodName, fc.Arbitrary<object>> = {
  linera_requestAccounts: fc.record({ readChains: fc.boolean() }, optional),
  linera_accounts: fc.constant({}),
  linera_chainId: fc.constant({}),
  linera_network: fc.constant({}),
  linera_getBalance: fc.record({ chainId: chains }, optional),
  linera_transfer: fc.oneof(
    orders,
    fc.record(
      { recipient: recipients, amount: amounts, chainId: chains, source: owners },
      { requiredKeys: ['recipient', 'amount'] },
    ),
  ),
  linera_publishDataBlob: fc.record(
    { bytes: base64s, chainId: chains },
    { requiredKeys: ['bytes'] },
  ),
  linera_query: fc.record(
    { applicationId: hashes, query: queries, chainId: chains },
    { requiredKeys: ['applicationId', 'query'] },
  ),
  linera_mutate: fc.record(
    { applicationId: hashes, query: queries, chainId: chains },
    { requiredKeys: ['applicationId', 'query'] },
  ),
  linera_simulate: fc.oneof(
    fc.record({ operations: fc.array(simulated, { maxLength: 4 }) }),
    fc.record({ applicationId: hashes, query: queries }),
  ),
  linera_applications: fc.record({ chainId: chains, after: hashes, limit: numbers }, optional),
  linera_readBlob: fc.record({ hash: hashes }),
  linera_getEvents: fc.record(
    { applicationId: hashes, stream: queries, start: numbers, limit: numbers },
    { requiredKeys: ['applicationId', 'stream'] },
  ),
  linera_subscribe: fc.record(
    { applicationId: hashes, query: queries, chainId: chains },
    { requiredKeys: ['applicationId', 'query'] },
  ),
  linera_unsubscribe: fc.record({ subscription: ids }),
  linera_publishModule: fc.record({
    contract: fc.oneof(base64s, fc.constant('AGFzbQ==')),
    service: fc.oneof(base64s, fc.constant('AGFzbQ==')),
  }),
  linera_createApplication: fc.record(
    {
      moduleId: fc.oneof(hashes, fc.constant(`${'ab'.repeat(64)}00`)),
      parameters: queries,
      instantiationArgument: fc.json(),
      requiredApplicationIds: fc.array(hashes, { maxLength: 3 }),
    },
    { requiredKeys: ['moduleId'] },
  ),
  linera_getRequest: fc.record({ id: ids }),
  linera_signMessage: fc.record(
    { message: signIn, chainId: chains },
    { requiredKeys: ['message'] },
  ),
  linera_getActivity: fc.record({ chainId: chains, limit: numbers, below: numbers }, optional),
  linera_getBlocks: fc.record({ chainId: chains, limit: numbers, below: numbers }, optional),
  linera_getCertificate: fc.record({ blockHash: hashes }),
  linera_disconnect: fc.constant({}),
  wallet_revokePermissions: fc.constant({}),
  wallet_getPermissions: fc.constant({}),
};
export const methods = Object.keys(valid) as MethodName[];
const often = [
  'linera_transfer',
  'linera_publishDataBlob',
  'linera_mutate',
  'linera_signMessage',
  'linera_requestAccounts',
];
const seldom = ['linera_disconnect', 'wallet_revokePermissions'];

/** An entry of its own, whatever its name. */
const withEntry = (object: object, name: string, value: unknown) =>
  Object.fromEntries([...Object.entries(object), [name, value]]);
const without = (object: object, name: string) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

const damaged = (params: fc.Arbitrary<object>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 9, arbitrary: params },
    {
      weight: 3,
      arbitrary: fc
        .tuple(params, fc.constantFrom(...names), junk)
        .map(([object, name, value]) => withEntry(object, name, value)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(params, fc.constantFrom(...names))
        .map(([object, name]) => without(object, name)),
    },
    { weight: 2, arbitrary: params.map((object) => [object]) },
    { weight: 1, arbitrary: params.map((object) => [object, object]) },
    { weight: 1, arbitrary: params.map((object) => JSON.stringify(object)) },
    { weight: 1, arbitrary: junk },
  );

export interface Message {
  kind: string;
  id: string;
  method: string;
  params: unknown;
}

/** Requests of one of `some` methods, the parameters perhaps wrong. */
export const requests: fc.Arbitrary<Message> = fc.oneof(
  ...methods.map((method) => ({
    weight: seldom.includes(method) ? 2 : often.includes(method) ? 12 : 3,
    arbitrary: fc.record({
      kind: fc.constant('request'),
      id: ids,
      method: fc.constant(method),
      params: damaged(valid[method]),
    }),
  })),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('request'),
      id: ids,
      method: fc.oneof(
        fc.constantFrom(...names, 'eth_sendTransaction'),
        fc.stringMatching(/^\w{1,64}$/),
      ),
      params: junk,
    }),
  },
);

// --- as text ------------------------------------------------------------------------------------

const pieces = [
  ...['"id":"b",', '"kind":"attach",', '"__proto__":{"kind":"attach"},', '"params":null,'],
  ...['"', '\\', '{', '}', '[', ']', ',', ':', 'null', '\\u0000', '\u2028', '\ud800', '1e999', '-'],
];

/** Somewhere in the text something is cut out or put in; at 1 an entry can be. */
const mutated = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      text,
      fc.oneof(fc.constant(1), fc.nat()),
      fc.oneof(fc.constant(0), fc.nat(8)),
      fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 4 })),
    )
    .map(([one, somewhere, cut, piece]) => {
      const at = somewhere % (one.length + 1);
      return one.slice(0, at) + piece + one.slice(at + cut);
    });

/** What a page that speaks the protocol sends, wrong here and there. */
export const requestTexts = fc.oneof(
  { weight: 20, arbitrary: requests.map((message) => JSON.stringify(message)) },
  { weight: 3, arbitrary: mutated(requests.map((message) => JSON.stringify(message))) },
  {
    weight: 1,
    arbitrary: fc.tuple(requests, deepText).map(([message, params]) => {
      const { kind, id, method } = message;
      return `${JSON.stringify({ kind, id, method }).slice(0, -1)},"params":${params}}`;
    }),
  },
);

/** Anything at all. */
export const messageTexts = fc.oneof(
  { weight: 6, arbitrary: requestTexts },
  { weight: 2, arbitrary: fc.constant('{"kind":"attach"}') },
  { weight: 2, arbitrary: junk.map((value) => JSON.stringify(value)) },
  {
    weight: 2,
    arbitrary: fc
      .record({ kind: junk, id: junk, method: junk, params: junk }, optional)
      .map((message) => JSON.stringify(message)),
  },
  { weight: 2, arbitrary: anyText },
  { weight: 1, arbitrary: deepText },
);
