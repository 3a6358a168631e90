// The faucet's GraphQL, as far as a wallet needs it (linera-faucet/server/src/lib.rs). Numbers in
// its answers may be beyond 2^53: the genesis configuration is kept as the text that came. What
// went wrong is said by values; the words are those of who asked.
import { FAUCET_TIMEOUT_MS, MAX_FAUCET_ANSWER_BYTES } from '../limits.ts';
import { readLimited } from './read_limited.ts';

export type FaucetFault =
  | { kind: 'Unreachable' | 'TooLong' | 'NotJson' | 'NotAnObject' | 'NoData' }
  | { kind: 'NoGenesis' | 'NoChainId' | 'NoChain' }
  | { kind: 'Status'; status: number }
  /** `said`: as it came, of any length. */
  | { kind: 'Refused'; said: string };

export class FaucetFailure extends Error {
  override readonly name = 'FaucetFailure';
  constructor(
    readonly fault: FaucetFault,
    options?: ErrorOptions,
  ) {
    super(fault.kind, options);
  }
}

/** Every method rejects with a FaucetFailure. */
export interface Faucet {
  /** The JSON text of the network's genesis configuration. */
  genesisConfig(): Promise<string>;
  /** A chain for this owner; always the same one for the same owner. */
  claim(owner: string): Promise<string>;
  /** The chain that was claimed for this owner, or null. */
  chainOf(owner: string): Promise<string | null>;
}

export function openFaucet(url: string): Faucet {
  // Null is its value for none. Its older `chainId` says that by an error's English alone.
  const chainOf = async (owner: string) => {
    const { data } = await query(url, `query { initialClaim(owner: "${owner}") { chainId } }`);
    const claimed = data['initialClaim'] as { chainId?: unknown } | null | undefined;
    return claimed === null ? null : chainIdIn(claimed?.chainId);
  };
  return {
    async genesisConfig() {
      const { data, text } = await query(url, 'query { genesisConfig }');
      const config = data['genesisConfig'] ? memberText(text, 'genesisConfig') : null;
      return config ?? fail({ kind: 'NoGenesis' });
    },
    async claim(owner) {
      await query(url, `mutation { claim(owner: "${owner}") }`);
      return (await chainOf(owner)) ?? fail({ kind: 'NoChain' });
    },
    chainOf,
  };
}

function fail(fault: FaucetFault, options?: ErrorOptions): never {
  throw new FaucetFailure(fault, options);
}

async function post(url: string, query: string): Promise<string> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(FAUCET_TIMEOUT_MS),
    });
    if (!answer.ok) fail({ kind: 'Status', status: answer.status });
    return new TextDecoder().decode(await readLimited(answer, MAX_FAUCET_ANSWER_BYTES));
  } catch (error) {
    if (error instanceof FaucetFailure) throw error;
    if (error instanceof RangeError) fail({ kind: 'TooLong' });
    return fail({ kind: 'Unreachable' }, { cause: error });
  }
}

async function query(
  url: string,
  text: string,
): Promise<{ data: Record<string, unknown>; text: string }> {
  const body = await post(url, text);
  const { data, errors } = objectIn(body);
  const said = errorIn(errors);
  if (said !== null) fail({ kind: 'Refused', said });
  if (typeof data !== 'object' || data === null) fail({ kind: 'NoData' });
  return { data: data as Record<string, unknown>, text: body };
}

function objectIn(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return fail({ kind: 'NotJson' });
  }
  if (typeof value !== 'object' || value === null) return fail({ kind: 'NotAnObject' });
  return value as Record<string, unknown>;
}

// Null: none. GraphQL has a list of {message}; anything else there is an error all the same.
function errorIn(errors: unknown): string | null {
  if (errors == null || (Array.isArray(errors) && errors.length === 0)) return null;
  const first: unknown = Array.isArray(errors) ? errors[0] : errors;
  const message = (first as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : (JSON.stringify(first) ?? 'an error');
}

function chainIdIn(value: unknown): string {
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return value;
  return fail({ kind: 'NoChainId' });
}

// The text of the value of the first member of that name, in JSON that was parsed before. Names of
// GraphQL's answers do not occur inside other strings of them before the value itself.
function memberText(json: string, name: string): string | null {
  const key = json.indexOf(`"${name}"`);
  if (key < 0) return null;
  const start = json.indexOf(':', key) + 1;
  let depth = 0;
  // A string, or one character of structure.
  const token = /"(?:\\.|[^"\\])*"|[{}[\],]/g;
  token.lastIndex = start;
  for (let found = token.exec(json); found; found = token.exec(json)) {
    const [mark] = found;
    const closes = mark === '}' || mark === ']';
    if (depth === 0 && (closes || mark === ',')) return json.slice(start, found.index).trim();
    if (mark === '{' || mark === '[') depth += 1;
    if (closes) depth -= 1;
  }
  return null;
}
