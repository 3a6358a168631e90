// What is checked everywhere: the errors that docs/provider.md promises; that nothing fails unseen.
import { readFileSync } from 'node:fs';
import { methods } from '@mica/extension/engine/methods';
import { ProviderError, providerCodes, walletFailures } from '@mica/provider';

const page = readFileSync(new URL('../../../docs/provider.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| (-?\d+) \|[^|]*\|(.*)\|$/gm)];
if (rows.length < 5) throw new Error('docs/provider.md has no table of errors');

/** Reasons by code: all that there are. */
const table = new Map(
  rows.map(([, code, reasons = '']) => [
    Number(code),
    new Set([...reasons.matchAll(/`([A-Z]\w*)`/g)].map(([, reason]) => reason)),
  ]),
);

/** Not of the method's own making: whether the site may ask at all, and how requests end. */
const ofAny = [
  ...['RateLimited', 'Blocked', 'NoNetwork', 'InvalidParams', 'NotConnected', 'Locked'],
  ...['RequestIdTaken', 'TooManyWaiting'],
  ...['NetworkSwitched', 'NetworkReset', 'NetworkClosed', 'WalletUpdated', 'WalletRemoved'],
];

const ofWallet: readonly string[] = walletFailures;

/** Only what the method says that it may be refused for; why a read did not work is of the core. */
export function checkReason(name: string, { code, data }: ProviderError): void {
  const method = methods.get(name);
  const own: readonly string[] = method ? method.reasons : ['UnsupportedMethod'];
  const excused =
    code === providerCodes.internal &&
    (method?.access !== 'person' || ofWallet.includes(data.reason));
  const known = excused || own.includes(data.reason);
  check(known || ofAny.includes(data.reason), `${name} does not say that it can be ${data.reason}`);
}

export function check(good: boolean, what: string): asserts good {
  if (!good) throw new Error(what);
}

/** A code and a reason of the table, a message, and nothing of our insides. */
export function checkError(error: unknown): asserts error is ProviderError {
  check(error instanceof ProviderError, `no ProviderError: ${String(error)}`);
  const { code, message, data } = error;
  const row = table.get(code);
  check(row !== undefined, `the code ${code} is not documented`);
  check(typeof message === 'string' && message !== '', 'an error without a message');
  const reason: unknown = data?.reason;
  check(typeof reason === 'string', `no reason: ${message}`);
  check(reason !== 'Internal', `an internal error: ${message}`);
  check(row.has(reason), `${code} has no reason ${reason} in the documents`);
}

/** The same after it has been text. */
export function checkJson(value: unknown): void {
  const text = JSON.stringify(value ?? null);
  check(JSON.stringify(JSON.parse(text)) === text, `changed by JSON: ${text}`);
}

let strays: unknown[] = [];
process.on('unhandledRejection', (reason) => strays.push(reason));

/** Ends a run: what nobody waited for has not failed either. */
export async function checkStrays(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  const [stray] = strays;
  strays = [];
  if (stray !== undefined)
    throw new Error('a promise failed that nobody waits for', { cause: stray });
}
