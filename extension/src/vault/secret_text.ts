// Passwords and phrases as texts, in memory that can be wiped.
import { copyOf, secretOf, textOf } from '@mica/wallet-contract/secret';
import type { Secret } from '@mica/wallet-contract/api';

const isAscii = (secret: Secret) => secret.every((byte) => byte < 0x80);
/** A copy; plain ASCII, which any normalisation leaves as it is, never becomes a string. */
export const normal = (secret: Secret, form: 'NFKC' | 'NFKD') =>
  isAscii(secret) ? copyOf(secret) : secretOf(textOf(secret).normalize(form));
/** As people count them: code points. */
export const characters = (secret: Secret) =>
  secret.reduce((count, byte) => count + ((byte & 0xc0) === 0x80 ? 0 : 1), 0);
