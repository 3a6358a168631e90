// The faucet's GraphQL, as far as a wallet needs it. Numbers in its answers may be beyond 2^53: the
// genesis configuration is kept as the text that came.
import { readLimited } from '@mica/bindings/read_limited';
import { MAX_FAUCET_ANSWER_BYTES } from '@mica/bindings/limits';
import { WalletError } from '@mica/wallet-contract/api';
import { quoted } from './foreign_text.ts';

export interface Faucet {
  /** The JSON text of the network's genesis configuration. */
  genesisConfig(): Promise<string>;
  /** A chain for this owner; always the same one for the same owner. */
  claim(owner: string): Promise<string>;
  /** The chain that was claimed for this owner, or null. */
  chainOf(owner: string): Promise<string | null>;
}

const TIMEOUT_MS = 30_000;
/** How upstream says that it made no chain for an owner (linera-faucet/server/src/lib.rs). */
const NO_CHAIN_YET = 'This user has no chain yet';

function failed(message: string): never {
  throw new WalletError({ code: 'FaucetFailed', message });
}

async function post(url: string, query: string): Promise<string> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!answer.ok) failed(`The faucet answered with status ${answer.status}.`);
    return new TextDecoder().decode(await readLimited(answer, MAX_FAUCET_ANSWER_BYTES));
  } catch (error) {
    if (error instanceof WalletError) throw error;
    if (error instanceof RangeError) failed('The faucet sent too much.');
    return failed('The faucet could not be reached.');
  }
}

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: unknown;
}

/** The faucet answered with an error of its own. */
class FaucetRefusal extends WalletError {
  constructor(readonly said: string) {
    super({ code: 'FaucetFailed', message: `The faucet answered: ${quoted(said)}` });
  }
}

// Null: none. GraphQL has a list of {message}; anything else there is an error all the same.
function errorIn({ errors }: Answer): string | null {
  if (errors == null || (Array.isArray(errors) && errors.length === 0)) return null;
  const first: unknown = Array.isArray(errors) ? errors[0] : errors;
  const message = (first as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : (JSON.stringify(first) ?? 'an error');
}

async function query(url: string, text: string): Promise<{ data: Answer['data']; text: string }> {
  const body = await post(url, text);
  let answer: Answer;
  try {
    answer = JSON.parse(body) as Answer;
  } catch {
    return failed('The faucet did not send JSON.');
  }
  const error = answer && errorIn(answer);
  if (error !== null) throw new FaucetRefusal(error);
  if (!answer?.data) failed('The faucet sent no data.');
  return { data: answer.data, text: body };
}

// The text of the value of the first member with this name. Names of GraphQL's answers do not occur
// inside other strings of them before the value itself.
export function memberText(json: string, name: string): string | null {
  const key = json.indexOf(`"${name}"`);
  const start = key < 0 ? -1 : json.indexOf(':', key) + 1;
  if (start <= 0) return null;
  let depth = 0;
  let inString = false;
  for (let at = start; at < json.length; at += 1) {
    const char = json[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (depth === 0 && (char === ',' || char === '}')) return json.slice(start, at).trim();
    else if (char === '}' || char === ']') depth -= 1;
  }
  return null;
}

function chainIdOf(value: unknown): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) {
    return failed('The faucet sent no chain id.');
  }
  return value;
}

export function openFaucet(url: string): Faucet {
  const chainOf = async (owner: string) => {
    const { data } = await query(url, `query { chainId(owner: "${owner}") }`);
    return data?.chainId == null ? null : chainIdOf(data.chainId);
  };
  return {
    async genesisConfig() {
      const { data, text } = await query(url, 'query { genesisConfig }');
      const config = data?.genesisConfig ? memberText(text, 'genesisConfig') : null;
      return config ?? failed('The faucet sent no genesis configuration.');
    },
    async claim(owner) {
      await query(url, `mutation { claim(owner: "${owner}") }`);
      return (await chainOf(owner)) ?? failed('The faucet made no chain.');
    },
    chainOf: (owner) =>
      chainOf(owner).catch((error: unknown) => {
        if (error instanceof FaucetRefusal && error.said.startsWith(NO_CHAIN_YET)) return null;
        throw error;
      }),
  };
}
