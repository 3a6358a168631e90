// What a page might send: garbage, real requests with something amiss, and almost valid ones.
import fc from 'fast-check';
import { alice, chainA, chainB, nowhere } from '../../extension/src/testing/fake_engine.ts';

export const methods = [
  'linera_requestAccounts',
  'linera_accounts',
  'linera_chainId',
  'linera_network',
  'linera_getBalance',
  'linera_getActivity',
  'linera_getRequest',
  'linera_getCertificate',
  'linera_transfer',
  'linera_signMessage',
  'linera_disconnect',
  'wallet_getPermissions',
  'wallet_revokePermissions',
];

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 6 }),
  fc.constantFrom<unknown[]>(
    null,
    '',
    '__proto__',
    'constructor',
    ' ',
    '\u202e1',
    '١٢٣',
    '1e5',
    '-1',
    '0x',
    '0'.repeat(80),
    'a'.repeat(5000),
    2 ** 53 + 2,
    -0,
    1e308,
    0.1,
    true,
    [[]],
    { length: 5 },
  ),
);

const chains = fc.constantFrom(chainA, chainB, nowhere, chainA.toUpperCase(), chainA.slice(1));
const amounts = fc.oneof(
  fc.constantFrom('1', '1.5', '0', '0.0000000000000000001', '1.', '.5', '+1', '1_0', ' 1 '),
  fc.bigInt({ min: 0n, max: 2n ** 130n }).map(String),
);
const hosts = fc.constantFrom('shop.example', 'evil.example', 'shop.example.evil.example', '');
const signIn = fc
  .tuple(hosts, fc.constantFrom('Linera', 'Ethereum', ''), fc.string({ maxLength: 40 }))
  .map(
    ([host, kind, rest]) =>
      `${host} wants you to sign in with your ${kind} account:\n${alice}\n\n${rest}`,
  );

const mostly = (good: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 5, arbitrary: good }, { weight: 1, arbitrary: odd });

const fields = fc.record(
  {
    chainId: mostly(chains),
    recipient: mostly(
      fc.oneof(
        chains,
        chains.map((chain) => `${alice}@${chain}`),
        fc.constant(alice),
      ),
    ),
    amount: mostly(amounts),
    attos: mostly(amounts),
    source: mostly(fc.constantFrom('0x00', alice, `0x${'22'.repeat(20)}`)),
    message: mostly(signIn),
    id: mostly(fc.constantFrom('one', 'two', 'three')),
    blockHash: mostly(chains),
    below: mostly(fc.nat()),
    limit: mostly(fc.nat()),
  },
  { requiredKeys: [] },
);

const ownProto = [JSON.parse('{"__proto__":{"amount":"1"},"constructor":1}') as unknown];

/** As JSON carries them. */
export const params: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fields },
  { weight: 2, arbitrary: fc.record({ recipient: chains, amount: fc.constant('1') }) },
  { weight: 1, arbitrary: fields.map((one) => [one]) },
  { weight: 1, arbitrary: odd },
  { weight: 1, arbitrary: fc.constantFrom<unknown[]>(undefined, ...ownProto) },
);

export const method = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...methods) },
  { weight: 5, arbitrary: fc.constantFrom('linera_requestAccounts', 'linera_transfer') },
  { weight: 1, arbitrary: fc.string({ maxLength: 70 }) },
);

export const id = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('one', 'two', 'three', 'four') },
  { weight: 2, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: fc.string({ maxLength: 70 }) },
);

/** The text of a message, whole, cut or changed somewhere. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.json(),
  fc
    .record({
      kind: fc.constantFrom<unknown[]>('request', 'attach', 'answer', 'event', 1),
      id,
      method,
      params,
      said: id,
    })
    .chain((message) => {
      const whole = JSON.stringify(message);
      return fc.oneof(
        { weight: 4, arbitrary: fc.constant(whole) },
        { weight: 1, arbitrary: fc.nat(whole.length).map((at) => whole.slice(0, at)) },
        {
          weight: 1,
          arbitrary: fc
            .tuple(fc.nat(whole.length), fc.string({ maxLength: 3 }))
            .map(([at, more]) => whole.slice(0, at) + more + whole.slice(at + 1)),
        },
      );
    }),
);

/** Objects that a page's script can make and a report cannot print, by name. */
const hostile: Record<string, () => unknown> = {
  getter: () => ({
    get method() {
      throw new Error('a getter');
    },
  }),
  proxy: () =>
    new Proxy(
      {},
      {
        get() {
          throw new TypeError('a proxy');
        },
      },
    ),
  toJson: () => ({
    method: 'linera_chainId',
    params: {
      toJSON() {
        throw new Error('toJSON');
      },
    },
  }),
  nothing: () => ({ method: 'linera_chainId', params: { toJSON: () => undefined } }),
  boxed: () => ({ method: Object('linera_chainId') as unknown }),
  circle: () => {
    const params: Record<string, unknown> = {};
    params['self'] = params;
    return { method: 'linera_chainId', params };
  },
  huge: () => ({ method: 'linera_chainId', params: 'x'.repeat(70_000) }),
};

/** Anything a page's script can hand over: as it is, or the name of something hostile. */
export const anything: fc.Arbitrary<{ value: unknown } | { hostile: string }> = fc.oneof(
  fc.record({ value: fc.anything({ withBigInt: true, withNullPrototype: true, withMap: true }) }),
  fc.record({ value: fc.record({ method, params: fc.anything({ withBigInt: true }), id }) }),
  fc.record({ value: fc.record({ method, params }) }),
  fc.record({ hostile: fc.constantFrom(...Object.keys(hostile)) }),
);
export const made = (one: { value: unknown } | { hostile: string }): unknown =>
  'hostile' in one ? hostile[one.hostile]!() : one.value;
