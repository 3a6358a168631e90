// The fields of a sign-in text (EIP-4361) that the window compares with what it knows itself. The
// vault checks the text's form before it signs.
import type { Words } from '../words/words.ts';

export interface SignIn {
  uri: string | null;
  chainId: string | null;
  expires: string | null;
  notBefore: string | null;
  /** What does not fit; each must be seen before yes. */
  problems: string[];
}

const field = (text: string, name: string): string | null =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2) ?? null;

function hostOf(uri: string): string | null {
  try {
    return new URL(uri).host;
  } catch {
    return null;
  }
}

/** `domain`: the page's host from the browser; `network`: what providers call the one in use. */
export function readSignIn(
  text: string,
  domain: string,
  network: string | null,
  now: number,
  { say }: Words,
): SignIn {
  const uri = field(text, 'URI');
  const chainId = field(text, 'Chain ID');
  const expires = field(text, 'Expiration Time');
  const notBefore = field(text, 'Not Before');
  const problems: string[] = [];
  if (uri !== null && hostOf(uri) !== domain) {
    problems.push(say('sign.otherPage', { uri, domain }));
  }
  // Numbers are other chains' (Ethereum's 1 is usual); a genesis hash is a Linera network.
  const named = chainId?.replace(/^linera:/, '');
  const here = network?.replace(/^linera:/, '');
  if (named && /^[0-9a-f]{16,}$/.test(named) && here && !here.startsWith(named)) {
    problems.push(say('sign.otherNetwork'));
  }
  if (expires !== null && !(Date.parse(expires) > now)) {
    problems.push(say('sign.expired'));
  }
  if (notBefore !== null && Date.parse(notBefore) > now) {
    problems.push(say('sign.later'));
  }
  return { uri, chainId, expires, notBefore, problems };
}
