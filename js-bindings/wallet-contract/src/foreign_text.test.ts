import { describe, expect, it } from 'vitest';
import { foreignIn, foreignLines, foreignText, isDeceptive } from './foreign_text.ts';

describe("others' text", () => {
  it('shows in the order in which it is, with nothing that is not seen', () => {
    expect(foreignText('pay \u202e000,1\u202c')).toBe('pay ⟨U+202E⟩000,1⟨U+202C⟩');
    expect(foreignText('a\u200bb\u2066c\u00add\ufeff')).toBe(
      'a⟨U+200B⟩b⟨U+2066⟩c⟨U+00AD⟩d⟨U+FEFF⟩',
    );
    expect(foreignText('\u{e0041}\u3164\u2028')).toBe('⟨U+E0041⟩⟨U+3164⟩⟨U+2028⟩');
    expect(foreignText('a\nb\tc')).toBe('a⟨U+000A⟩b⟨U+0009⟩c');
    expect(foreignLines('a\nb\tc')).toBe('a\nb⟨U+0009⟩c');
  });
  it('keeps what people write', () => {
    for (const text of ['Café ☕️', 'مرحبا', '日本語', '👩‍💻 work', 'naïve — “quoted”']) {
      expect(foreignText(text)).toBe(text);
    }
    expect(isDeceptive('1\u200b000')).toBe(true);
    expect(isDeceptive('Grüß 日本 🔑\nin lines')).toBe(false);
  });
  it('is found wherever it lies in what a worker sends', () => {
    const bytes = new Uint8Array([1]);
    const state = { chains: [{ label: 'a\u202eb', balance: 1n }], bytes, none: null };
    expect(foreignIn(state)).toEqual({
      chains: [{ label: 'a⟨U+202E⟩b', balance: 1n }],
      bytes,
      none: null,
    });
  });
  it('is cut', () => {
    expect(foreignText('x'.repeat(300), 200)).toBe(`${'x'.repeat(200)}…`);
    expect(foreignText('short', 200)).toBe('short');
  });
});
