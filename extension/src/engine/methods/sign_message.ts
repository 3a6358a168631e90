import { isDeceptive } from '@mica/wallet-contract/foreign_text';
import { MAX_ORDER_BYTES } from '@mica/bindings/limits';
import type { Visit } from '../visit.ts';
import { chainId, invalid, object, text } from './params.ts';
import { method } from './method.ts';

const bytesIn = (written: string) => new TextEncoder().encode(written).length;

// EIP-4361 text that begins with the page's own host; the vault checks all of it again.
function asked(visit: Visit, params: { message: string; chainId: string | null }) {
  const { owner, chainId } = visit.ownChain(params.chainId);
  const { message } = params;
  const domain = new URL(visit.origin).host;
  if (bytesIn(message) === 32) {
    return invalid("32 bytes could be a block proposal's hash.", 'BadText');
  }
  if (isDeceptive(message)) {
    return invalid('The text has characters that are not seen or turn others around.', 'BadText');
  }
  const first = message.split('\n', 1)[0] ?? '';
  const match = /^(?:https?:\/\/)?(\S+) wants you to sign in with your \S+ account:$/.exec(first);
  if (!match) return invalid('Only sign-in text (EIP-4361) is signed.', 'BadText');
  if (match[1] !== domain) {
    return invalid(`The text is for ${match[1]}, but this page is ${domain}.`, 'WrongDomain');
  }
  if (bytesIn(message) > MAX_ORDER_BYTES) {
    return invalid('The text is too long to be signed.', 'TooLong');
  }
  return { chainId, owner, domain, text: message };
}

/**
 * `{ message, chainId? }` → `{ owner, signature }`. Signs
 * [EIP-4361](https://eips.ethereum.org/EIPS/eip-4361) text and nothing else: its first line must
 * name the host of this very page (`location.host`), its second the owner.
 *
 * ```js
 * const message = [
 *   `${location.host} wants you to sign in with your Linera account:`,
 *   owner,
 *   '',
 *   'Sign in to the shop.',
 *   '',
 *   `URI: ${location.origin}/`,
 *   'Version: 1',
 *   'Chain ID: 1',
 *   `Nonce: ${nonceOfYourServer}`,
 *   `Issued At: ${new Date().toISOString()}`,
 * ].join('\n');
 * const { signature } = await provider.request({
 *   method: 'linera_signMessage',
 *   params: { message },
 * });
 * ```
 *
 * The signature is EIP-191 (`personal_sign`, 65 bytes) for owners of 20 bytes, Ed25519 (64 bytes)
 * for owners of 32.
 */
export const signMessage = method({
  name: 'linera_signMessage',
  access: 'person',
  params: object({ message: text, chainId }),
  reasons: ['Rejected', 'BadAddress', 'NotOwner', 'BadText', 'TooLong', 'WrongDomain'],
  order(visit, params) {
    const { chainId, text: message } = asked(visit, params);
    return { chainId, message };
  },
  async run({ visit, signText }, params) {
    const { owner, domain, text } = asked(visit, params);
    return { owner, signature: await signText({ owner, domain, text }) };
  },
});
