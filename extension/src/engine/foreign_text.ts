// What validators and faucets say, inside the wallet's own sentences.
import { MAX_FOREIGN_CHARS } from '../../../js-bindings/src/limits.ts';

/** Controls, and all that is blank or not drawn. */
const UNSEEN = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]+/gu;

/** One line of at most `most` characters. */
export function plain(text: string, most = MAX_FOREIGN_CHARS): string {
  const line = [
    ...text
      .slice(0, 4 * most)
      .replace(UNSEEN, ' ')
      .trim(),
  ];
  return line.length > most ? `${line.slice(0, most).join('')}…` : line.join('');
}

/** Quotation marks of its own cannot end the quotation. */
export const quoted = (text: string): string => `“${plain(text).replace(/["“”„‟«»]/g, "'")}”`;
