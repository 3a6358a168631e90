// What is wrong with a typed recipient, by its form alone.
import { parseAddress, parseOwner } from '@mica/wallet-contract/addresses';

type AddressProblem = 'missing' | 'checksum' | 'prefixed' | 'owner' | 'malformed';

/** Its capitals, and nothing else, are wrong. */
const hasWrongCapitals = (owner: string): boolean =>
  parseOwner(owner) === null && parseOwner(owner.toLowerCase()) !== null;

/** Null: money can be sent there. */
export function addressProblem(text: string): AddressProblem | null {
  if ('account' in parseAddress(text)) return null;
  if (text.trim() === '') return 'missing';
  if (text.split(/[@:]/).some(hasWrongCapitals)) return 'checksum';
  const owner = parseOwner(text);
  if (owner === null) return 'malformed';
  return owner.length === 2 + 64 ? 'prefixed' : 'owner';
}
