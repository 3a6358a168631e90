// The faucet's GraphQL, as far as a wallet needs it. Numbers in its answers may be beyond 2^53: the
// genesis configuration is kept as the text that came.
import { FOREIGN_TEXT_CHARS } from '../../../js-bindings/src/limits.ts';
import { foreignText } from '../../../js-bindings/src/wallet/foreign_text.ts';
import { WalletError } from '../../../js-bindings/src/wallet/api.ts';

export interface Faucet {
  /** The JSON text of the network's genesis configuration. */
  genesisConfig(): Promise<string>;
  /** A chain for this owner; always the same one for the same owner. */
  claim(owner: string): Promise<string>;
  /** The chain that was claimed for this owner, or null. */
  chainOf(owner: string): Promise<string | null>;
}

const TIMEOUT_MS = 30_000;
const MAX_ANSWER_CHARS = 4 * 1024 * 1024;

function failed(message: string): never {
  throw new WalletError({ code: 'FaucetFailed', message, money: 'Untouched' });
}

async function post(url: string, query: string): Promise<string> {
  let text: string;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!answer.ok) failed(`The faucet answered with status ${answer.status}.`);
    text = await answer.text();
  } catch (error) {
    if (error instanceof WalletError) throw error;
    return failed('The faucet could not be reached.');
  }
  if (text.length > MAX_ANSWER_CHARS) failed('The faucet sent too much.');
  return text;
}

// Its words are not the wallet's.
const quoted = (words: unknown) => `“${foreignText(String(words), FOREIGN_TEXT_CHARS)}”`;

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message?: unknown }[] | null;
}

async function query(url: string, text: string): Promise<{ data: Answer['data']; text: string }> {
  const body = await post(url, text);
  let answer: Answer;
  try {
    answer = JSON.parse(body) as Answer;
  } catch {
    return failed('The faucet did not send JSON.');
  }
  if (answer.errors?.length) failed(`The faucet says: ${quoted(answer.errors[0]?.message)}`);
  if (!answer.data) failed('The faucet sent no data.');
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
    // Upstream answers an owner that it does not know with an error.
    chainOf: (owner) =>
      chainOf(owner).catch((error: unknown) => {
        if (error instanceof WalletError && /faucet says/.test(error.message)) return null;
        throw error;
      }),
  };
}
