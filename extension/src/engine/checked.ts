// What windows hand over as text, checked: it fails as InvalidInput.
import { parseChainId, parseOwner, type AddressProblem } from '@mica/wallet-contract/addresses';
import { fail } from './engine.ts';

export function chainIdOf(text: string): string {
  return parseChainId(text) ?? fail('InvalidInput', 'A chain id is 64 hex digits.');
}
export function ownerOf(text: string): string {
  return parseOwner(text) ?? fail('InvalidInput', "An owner's address is 0x and 40 or 64 digits.");
}

/** For developers; the window has texts of its own. */
export const wrongRecipient: Record<AddressProblem, string> = {
  missing: 'The recipient is missing.',
  checksum: "A character of the owner's address is wrong: its capitals do not fit.",
  prefixed: "With 0x in front, 64 digits are an owner's address, not a chain id.",
  owner: "This is an owner's address: the recipient is a chain id or owner@chain.",
  malformed: 'The recipient is no address: a chain id is 64 hex digits, or write owner@chain.',
};

/** What the extension's policy lets it connect to (manifest.json, connect-src). */
export const isReachable = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' ||
  (protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost'));

export function faucetUrlOf(text: string): string {
  const url = URL.parse(text.trim());
  // No policy of an extension can name an address of IPv6.
  if (url?.hostname.startsWith('[')) {
    const text = 'Addresses of IPv6 cannot be reached: write localhost or a name.';
    return fail('InvalidInput', text, { reason: 'FaucetIpv6' });
  }
  if (!url || !isReachable(url)) {
    const text = "The faucet's address must be https (or http on this machine).";
    return fail('InvalidInput', text, { reason: 'FaucetAddress' });
  }
  return url.href;
}
