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

/** One line: names, origins, messages of validators and faucets. Cut at so many characters. */
export function foreignText(text: string, longest = Infinity): string {
  const characters = longest < text.length ? [...text] : null;
  const cut = characters && characters.length > longest;
  const kept = cut ? `${characters.slice(0, longest).join('')}…` : text;
  return spellOut(kept, () => false);
}

/** Of several lines: what a page asks to be signed. */
export const foreignLines = (text: string): string => spellOut(text, (one) => one === '\n');

/** Whether a text is other than it looks. */
export const isDeceptive = (text: string): boolean => foreignLines(text) !== text;
