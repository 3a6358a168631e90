// The faucet's GraphQL, as far as a client needs it (linera-faucet/server/src/lib.rs). Numbers in
// its answers may be beyond 2^53: the genesis configuration is kept as the text that came.
import { FAUCET_TIMEOUT_MS, MAX_FAUCET_ANSWER_BYTES } from '@mica/bindings/limits';
import { readLimited } from '@mica/bindings/read_limited';
import { FaucetError } from './errors.ts';
import { ownerOf } from './texts.ts';

export class FaucetClient {
  constructor(readonly url: string) {}

  /** The JSON text of the network's genesis configuration. */
  async genesisConfig(): Promise<string> {
    const { text } = await this.#query('query { genesisConfig }');
    const config = memberText(text, 'genesisConfig');
    if (config === null || config === 'null') throw badAnswer('no genesis configuration');
    return config;
  }

  /** The id of a chain for this owner; always the same one for the same owner. */
  async claim(owner: string): Promise<string> {
    ownerOf(owner);
    await this.#query(`mutation { claim(owner: "${owner}") }`);
    const { data } = await this.#query(`query { chainId(owner: "${owner}") }`);
    const { chainId } = data;
    if (typeof chainId !== 'string' || !/^[0-9a-f]{64}$/.test(chainId)) {
      throw badAnswer('no chain id');
    }
    return chainId;
  }

  async #query(query: string): Promise<{ data: Record<string, unknown>; text: string }> {
    const text = await this.#post(JSON.stringify({ query }));
    const answer = parse(text);
    const errors = answer['errors'];
    if (Array.isArray(errors) ? errors.length > 0 : errors != null) {
      throw new FaucetError('Refused', `the faucet answered: ${messageIn(errors)}`);
    }
    const data = answer['data'];
    if (typeof data !== 'object' || data === null) throw badAnswer('no data');
    return { data: data as Record<string, unknown>, text };
  }

  async #post(body: string): Promise<string> {
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(FAUCET_TIMEOUT_MS);
    try {
      const answer = await fetch(this.url, { method: 'POST', headers, body, signal });
      if (!answer.ok) throw badAnswer(`HTTP status ${answer.status}`);
      return new TextDecoder().decode(await readLimited(answer, MAX_FAUCET_ANSWER_BYTES));
    } catch (error) {
      if (error instanceof FaucetError) throw error;
      if (error instanceof RangeError) throw badAnswer('too many bytes');
      const cause = { cause: error };
      throw new FaucetError('Unreachable', `no answer from the faucet at ${this.url}`, cause);
    }
  }
}

const badAnswer = (what: string) => new FaucetError('BadAnswer', `the faucet sent ${what}`);

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw badAnswer('no JSON object');
}

// GraphQL has a list of {message}; anything else there is an error all the same.
function messageIn(errors: unknown): string {
  const first: unknown = Array.isArray(errors) ? errors[0] : errors;
  const message = (first as { message?: unknown } | null)?.message;
  const text = typeof message === 'string' ? message : JSON.stringify(first);
  return text.slice(0, 200);
}

/** The text of the value of the first member of that name, in JSON that was parsed before. */
export function memberText(json: string, name: string): string | null {
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
