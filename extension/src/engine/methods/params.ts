// The parts of pages' parameters: each reads one value, or refuses it and says which and why.
import * as v from 'valibot';
import { MAX_REQUIRED_APPLICATIONS, MAX_SIMULATED_OPERATIONS } from '@mica/bindings/limits';
import { moduleIdFromText } from '@mica/bindings/modules';
import type { BlobType } from '@mica/bindings/types';
import { providerError, type ReasonOf } from '@mica/provider';
import {
  CHAIN_OWNER,
  parseAddress,
  parseChainId,
  parseOwner,
  type AccountText,
} from '@mica/wallet-contract/addresses';
import { parseTokens } from '@mica/wallet-contract/amounts';
import { wrongRecipient } from '../checked.ts';
import type { AskedOperation } from './operation.ts';

const MAX_ATTOS = 2n ** 128n - 1n;

export function invalid(
  message: string,
  reason: ReasonOf<'invalidParams'> = 'InvalidParams',
): never {
  throw providerError('invalidParams', reason, message, { money: 'Untouched' });
}

// Either an object or, as in JSON-RPC, an array with one.
function objectOf(raw: unknown): unknown {
  const value: unknown = Array.isArray(raw) && raw.length <= 1 ? (raw[0] ?? {}) : (raw ?? {});
  return typeof value === 'object' && !Array.isArray(value)
    ? value
    : invalid('params must be an object.');
}

export const object = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(v.unknown(), v.transform(objectOf), v.object(entries));

/** By a schema; what does not fit is -32602. */
export function paramsBy<P>(schema: v.GenericSchema<unknown, P>, raw: unknown): P {
  const read = v.safeParse(schema, raw, { abortEarly: true });
  if (read.success) return read.output;
  const [issue] = read.issues;
  const name = issue.path?.map(({ key }) => String(key)).join('.') ?? 'params';
  return invalid(`${name} ${issue.message}`);
}

/** One value, also where the page gave none (null); `read` refuses by `invalid`. */
const part = <T>(read: (value: unknown) => T) =>
  v.pipe(v.nullish(v.unknown(), null), v.transform(read));

/** Null where the page gave none. */
const orNull = <T>(read: (value: unknown) => T) =>
  part((value) => (value === null ? null : read(value)));

export const text = v.pipe(
  v.nullish(v.unknown(), null),
  v.string('must be text.'),
  v.minLength(1, 'must be text.'),
);

export const optionalText = v.nullish(
  v.pipe(v.string('must be text.'), v.minLength(1, 'must be text.')),
  null,
);

export const flag = v.nullish(v.boolean('must be true or false.'), false);

export const chainId = orNull(
  (value) => parseChainId(value) ?? invalid('chainId must be 64 hex digits.', 'BadAddress'),
);

export const hash = part(
  (value) => parseChainId(value) ?? invalid('It must be a hash of 64 hex digits.'),
);

const asApplicationId = (value: unknown) =>
  parseChainId(value) ?? invalid('applicationId must be 64 hex digits.', 'BadAddress');
export const applicationId = part(asApplicationId);
export const optionalApplicationId = orNull(asApplicationId);

const blobTypes: readonly BlobType[] = [
  'Data',
  'ContractBytecode',
  'ServiceBytecode',
  'EvmBytecode',
  'ApplicationDescription',
  'Committee',
  'ChainDescription',
];
export const blobType = v.nullish(v.picklist(blobTypes, 'must be a kind of blob.'), 'Data');

const whole = (least: number, message: string) =>
  v.pipe(v.number(message), v.safeInteger(message), v.minValue(least, message));

export const height = v.nullish(
  v.pipe(
    whole(0, 'must be a block height.'),
    v.transform((value: number) => BigInt(value)),
  ),
  null,
);
/** Of an event in its stream. */
export const index = v.nullish(
  v.pipe(whole(0, 'must be an index.'), v.maxValue(2 ** 32 - 1, 'must be an index.')),
  0,
);
export const count = (otherwise: number, most: number) =>
  v.pipe(
    v.nullish(whole(1, 'must be a positive integer.'), otherwise),
    v.transform((value) => Math.min(value, most)),
  );

export const recipient = part((value): AccountText => {
  if (typeof value !== 'string') return invalid('The recipient must be text.', 'BadAddress');
  const parsed = parseAddress(value);
  if ('account' in parsed) return parsed.account;
  return invalid(wrongRecipient[parsed.problem], 'BadAddress');
});

export const source = part((value) =>
  value === null
    ? CHAIN_OWNER
    : (parseOwner(value) ?? invalid('source must be an owner, 0x and hex digits.', 'BadAddress')),
);

export const tokens = orNull((value) => {
  const attos = typeof value === 'string' ? parseTokens(value) : null;
  return attos === null
    ? invalid('amount must be decimal text such as "1.5".', 'BadAmount')
    : positive(attos);
});

export const attos = orNull((value) =>
  typeof value === 'string' && /^\d{1,39}$/.test(value)
    ? positive(BigInt(value))
    : invalid('attos must be a whole number as text.', 'BadAmount'),
);

function positive(attos: bigint): bigint {
  if (attos === 0n) return invalid('The amount is zero.', 'BadAmount');
  return attos <= MAX_ATTOS ? attos : invalid('The amount is too large.', 'BadAmount');
}

/** "1.5" tokens as `amount`, or attos as `attos`. */
export function amountOf(given: { amount: bigint | null; attos: bigint | null }): bigint {
  if (given.amount !== null && given.attos !== null) {
    return invalid('Give amount or attos, not both.', 'BadAmount');
  }
  const none = () => invalid('amount must be decimal text such as "1.5".', 'BadAmount');
  return given.attos ?? given.amount ?? none();
}

const base64Named = (name: string) =>
  part((value): Uint8Array => {
    const wrong = () => invalid(`${name} must be base64 text, with padding.`, 'BadData');
    if (typeof value !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return wrong();
    try {
      const binary = atob(value);
      if (btoa(binary) !== value) return wrong();
      const bytes = new Uint8Array(binary.length);
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
      return bytes;
    } catch (error) {
      if (error instanceof DOMException) return wrong();
      throw error;
    }
  });

/** Base64 as RFC 4648 has it, with its padding: of two texts for the same bytes one is refused. */
export const base64 = base64Named('bytes');

/** WebAssembly as base64; whether it is valid, the core says. */
export const wasm = (name: string) =>
  v.pipe(
    base64Named(name),
    v.transform((bytes) =>
      [0x00, 0x61, 0x73, 0x6d].every((one, at) => bytes[at] === one)
        ? bytes
        : invalid(`${name} is no WebAssembly.`, 'BadData'),
    ),
  );

export const moduleId = part((value) => {
  const id = typeof value === 'string' ? moduleIdFromText(value) : null;
  return id ?? invalid('moduleId must be 130 hex digits.', 'BadAddress');
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What an application gets: JSON as text, `null` where the page gave none. */
export const jsonText = (name: string) =>
  part((value): string => {
    if (value === null) return 'null';
    if (typeof value === 'string' && isJson(value)) return value;
    return invalid(`${name} must be JSON as text.`, 'BadData');
  });

export const applicationIds = v.nullish(
  v.pipe(
    v.array(applicationId, 'must be a list.'),
    v.maxLength(MAX_REQUIRED_APPLICATIONS, `must be at most ${MAX_REQUIRED_APPLICATIONS}.`),
  ),
  [],
);

const operationEntries = {
  applicationId: optionalApplicationId,
  bytes: v.nullish(v.unknown(), null),
  recipient: v.nullish(v.unknown(), null),
  amount: tokens,
  attos,
  source,
};

/** Null where the page gave none. */
export const operations = v.nullish(
  v.pipe(
    v.array(v.object(operationEntries, 'must be objects.'), 'must be a list.'),
    v.minLength(1, 'must not be empty.'),
    v.maxLength(MAX_SIMULATED_OPERATIONS, `must be at most ${MAX_SIMULATED_OPERATIONS}.`),
    v.mapItems(({ applicationId, bytes, ...transfer }): AskedOperation => {
      if (applicationId !== null) {
        return { kind: 'application', applicationId, bytes: v.parse(base64, bytes) };
      }
      const to = v.parse(recipient, transfer.recipient);
      return {
        kind: 'transfer',
        source: transfer.source,
        recipient: to,
        attos: amountOf(transfer),
      };
    }),
  ),
  null,
);
