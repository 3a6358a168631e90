// Text that somebody else wrote, before it is shown: what is invisible, or turns the order of what
// is seen around, is spelt out.

// Controls, format characters (bidi, zero-width, tags), lone surrogates, separators of lines, and
// letters that are drawn as nothing. Line feeds are the caller's to allow.
const HIDDEN = new RegExp(
  [
    '\\p{Cc}|\\p{Cf}|\\p{Cs}|\\p{Zl}|\\p{Zp}',
    '\\u034f|\\u115f|\\u1160|\\u17b4|\\u17b5|[\\u180b-\\u180f]',
    '\\u2800|\\u3164|[\\ufe00-\\ufe0f]|\\uffa0|[\\u{e0000}-\\u{e0fff}]',
  ].join('|'),
  'gu',
);

const named = (character: string): string => {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  return `⟨U+${code}⟩`;
};

// An emoji of several parts is joined, and coloured, by characters that are hidden elsewhere.
const EMOJI_PARTS = /\p{Extended_Pictographic}\ufe0f?(?:\u200d\p{Extended_Pictographic}\ufe0f?)*/gu;

function spellOut(text: string, allowed: (character: string) => boolean): string {
  let out = '';
  let from = 0;
  const plain = (part: string) => part.replace(HIDDEN, (one) => (allowed(one) ? one : named(one)));
  for (const { 0: emoji, index } of text.matchAll(EMOJI_PARTS)) {
    out += plain(text.slice(from, index)) + emoji;
    from = index + emoji.length;
  }
  return out + plain(text.slice(from));
}

/** At most so many characters; more ends with "…". */
export function cut(text: string, most: number): string {
  const characters = most < text.length ? [...text] : [];
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : text;
}

/** One line: names, origins, messages of validators and faucets. Cut at so many characters. */
export function foreignText(text: string, longest = Infinity): string {
  return spellOut(cut(text, longest), () => false);
}

/** Of several lines: what a page asks to be signed. */
export const foreignLines = (text: string): string => spellOut(text, (one) => one === '\n');

/** Whether anything in it is not seen: such text the vault does not sign (vault_guard.cc). */
export const isDeceptive = (text: string): boolean => text.replaceAll('\n', '').search(HIDDEN) >= 0;

/** All text in what came from outside the window; numbers and bytes stay. */
export function foreignIn<T>(value: T): T {
  if (typeof value === 'string') return foreignLines(value) as T;
  if (Array.isArray(value)) return value.map(foreignIn) as T;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, foreignIn(one)]),
  ) as T;
}
