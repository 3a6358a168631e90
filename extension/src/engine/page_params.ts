// A page's parameters, one by one, with an error that says which is wrong and why. Either an object
// or, as in JSON-RPC, an array with one.
import { ProviderError, providerCodes } from '@mica/provider';
import {
  CHAIN_OWNER,
  parseAddress,
  parseChainId,
  parseOwner,
} from '@mica/wallet-contract/addresses';
import { isDeceptive } from '@mica/wallet-contract/foreign_text';
import { MAX_ORDER_BYTES } from '@mica/bindings/limits';
import { parseTokens } from '@mica/wallet-contract/amounts';
import type { PageOrder } from './requests.ts';
import type { TransferOrder } from './transfers.ts';
import type { ChainCore } from './views.ts';

const MAX_ATTOS = 2n ** 128n - 1n;

export function invalid(message: string, reason = 'InvalidParams'): never {
  throw new ProviderError(providerCodes.invalidParams, message, { reason, money: 'Untouched' });
}

export class Params {
  constructor(private readonly values: Record<string, unknown>) {}

  has(name: string): boolean {
    return this.values[name] !== undefined && this.values[name] !== null;
  }
  raw(name: string): unknown {
    return this.values[name];
  }
  text(name: string): string {
    const value = this.values[name];
    if (typeof value !== 'string' || value === '') return invalid(`${name} must be text.`);
    return value;
  }
  chainId(name: string): string | null {
    if (!this.has(name)) return null;
    return (
      parseChainId(this.values[name]) ?? invalid(`${name} must be 64 hex digits.`, 'BadAddress')
    );
  }
  hash(name: string): string {
    return parseChainId(this.values[name]) ?? invalid(`${name} must be 64 hex digits.`);
  }
  height(name: string): bigint | null {
    if (!this.has(name)) return null;
    const value = this.values[name];
    const good = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    return good ? BigInt(value) : invalid(`${name} must be a block height.`);
  }
  count(name: string, otherwise: number): number {
    if (!this.has(name)) return otherwise;
    const value = this.values[name];
    const good = typeof value === 'number' && Number.isInteger(value) && value > 0;
    return good ? value : invalid(`${name} must be a positive integer.`);
  }
}

export function pageParams(raw: unknown): Params {
  const value = Array.isArray(raw) && raw.length <= 1 ? (raw[0] ?? {}) : (raw ?? {});
  if (typeof value !== 'object' || Array.isArray(value))
    return invalid('params must be an object.');
  return new Params(value as Record<string, unknown>);
}

/** "1.5" tokens as `amount`, or attos as `attos`: text, because JSON numbers lose digits. */
function amountOf(params: Params): bigint {
  const both = params.has('amount') && params.has('attos');
  if (both) return invalid('Give amount or attos, not both.', 'BadAmount');
  if (params.has('attos')) {
    const text = params.raw('attos');
    if (typeof text !== 'string' || !/^\d{1,39}$/.test(text)) {
      return invalid('attos must be a whole number as text.', 'BadAmount');
    }
    return positive(BigInt(text));
  }
  const text = params.raw('amount');
  const attos = typeof text === 'string' ? parseTokens(text) : null;
  if (attos === null) return invalid('amount must be decimal text such as "1.5".', 'BadAmount');
  return positive(attos);
}

function positive(attos: bigint): bigint {
  if (attos === 0n) return invalid('The amount is zero.', 'BadAmount');
  return attos <= MAX_ATTOS ? attos : invalid('The amount is too large.', 'BadAmount');
}

/** What the origin was given. */
export interface Granted {
  granted: string[];
  chain(chainId: string): ChainCore | undefined;
}

function ownChain(params: Params, view: Granted): ChainCore & { owner: string } {
  const chainId = params.chainId('chainId') ?? view.granted[0] ?? '';
  if (!view.granted.includes(chainId)) {
    const data = { reason: 'NotConnected', money: 'Untouched' } as const;
    const text = 'This site was not given that chain.';
    throw new ProviderError(providerCodes.unauthorized, text, data);
  }
  const chain = view.chain(chainId);
  if (!chain?.owner) return invalid('The wallet does not own that chain.', 'NotOwner');
  return { ...chain, owner: chain.owner };
}

export function orderOf(origin: string, params: Params, view: Granted): TransferOrder {
  const chain = ownChain(params, view);
  const parsed = parseAddress(params.raw('recipient'));
  if ('problem' in parsed) return invalid(parsed.problem, 'BadAddress');
  if (chain.closed) return invalid('That chain is closed: nothing can be sent from it.', 'Closed');
  const source = params.has('source') ? parseOwner(params.raw('source')) : CHAIN_OWNER;
  if (source === null) return invalid('source must be an owner, 0x and hex digits.', 'BadAddress');
  if (source !== CHAIN_OWNER && source !== chain.owner) {
    return invalid("source is not this wallet's account on the chain.", 'NotOwner');
  }
  return {
    origin,
    chainId: chain.chainId,
    signer: chain.owner,
    source,
    recipient: parsed.account,
    amount: amountOf(params),
  };
}

/** The same as parameters. */
export function transferAsked({ chainId, source, recipient, amount }: TransferOrder): PageOrder {
  const { owner } = recipient;
  const to = owner === CHAIN_OWNER ? recipient.chainId : `${owner}@${recipient.chainId}`;
  return { chainId, source, recipient: to, attos: amount.toString() };
}

export interface SignOrder {
  chainId: string;
  owner: string;
  domain: string;
  text: string;
}

/** EIP-4361 text that begins with the page's own host; the vault checks all of it again. */
export function signMessageOf(origin: string, params: Params, view: Granted): SignOrder {
  const { owner, chainId } = ownChain(params, view);
  const text = params.text('message');
  const domain = new URL(origin).host;
  if (new TextEncoder().encode(text).length === 32) {
    return invalid("32 bytes could be a block proposal's hash.", 'BadText');
  }
  if (isDeceptive(text)) {
    return invalid('The text has characters that are not seen or turn others around.', 'BadText');
  }
  const first = text.split('\n', 1)[0] ?? '';
  const match = /^(?:https?:\/\/)?(\S+) wants you to sign in with your \S+ account:$/.exec(first);
  if (!match) return invalid('Only sign-in text (EIP-4361) is signed.', 'BadText');
  if (match[1] !== domain) {
    return invalid(`The text is for ${match[1]}, but this page is ${domain}.`, 'WrongDomain');
  }
  if (new TextEncoder().encode(text).length > MAX_ORDER_BYTES) {
    return invalid('The text is too long to be signed.', 'TooLong');
  }
  return { chainId, owner, domain, text };
}

/** The same as parameters. */
export const signAsked = ({ chainId, text }: SignOrder): PageOrder => ({ chainId, message: text });
