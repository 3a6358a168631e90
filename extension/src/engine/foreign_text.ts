// What validators and faucets say, inside the wallet's own sentences; windows spell out what is
// left (js-bindings/wallet-contract/src/foreign_text.ts).
import { MAX_FOREIGN_CHARS } from '@mica/bindings/limits';
import { cut } from '@mica/wallet-contract/foreign_text';

/** Controls, and all that is blank or not drawn. */
const UNSEEN = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]+/gu;

/** One line of at most `most` characters. */
export function plain(text: string, most = MAX_FOREIGN_CHARS): string {
  // Before the search, since the text may be megabytes long.
  const start = text.slice(0, 4 * most);
  return cut(start.replace(UNSEEN, ' ').trim(), most);
}

/** Quotation marks of its own cannot end the quotation. */
export const quoted = (text: string): string => `“${plain(text).replace(/["“”„‟«»]/g, "'")}”`;
