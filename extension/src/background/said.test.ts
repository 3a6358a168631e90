import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outsideTexts, OutsideWords, outsideWords, type OutsideTexts } from '@mica/web/outside';
import type { Badge, Notice } from '../shared/said.ts';
import { badgeTitle, noticeText } from './said.ts';

const notices: Record<Notice['id'], Notice> = {
  moneyCame: { id: 'moneyCame', amount: 15n * 10n ** 17n },
  moneyWaits: { id: 'moneyWaits', amount: 15n * 10n ** 17n },
  storeLost: { id: 'storeLost' },
};
const badges: Record<Badge['says'], Badge> = {
  quiet: { says: 'quiet', text: '' },
  asks: { says: 'asks', text: '1' },
  waits: { says: 'waits', text: '2' },
  came: { says: 'came', text: '+1' },
};
const all = (words: OutsideWords) => [
  ...Object.values(notices).flatMap((one) => Object.values(noticeText(one, words))),
  ...Object.values(badges).map((one) => badgeTitle(one, words)),
];

describe('what is said outside of windows', () => {
  it("is in the person's language", () => {
    const german = outsideWords('de', ['en-US']);
    expect(noticeText(notices.moneyCame, german)).toEqual({
      ...{ title: 'Geld empfangen', message: '1,5 ist eingegangen.' },
    });
    expect(noticeText(notices.moneyWaits, outsideWords('browser', ['de-CH'])).message).toBe(
      '1.5 unterwegs: Zum Empfangen entsperren.',
    );
    expect(badgeTitle(badges.asks, outsideWords('browser', ['fr']))).toBe('Mica: something waits');
  });

  it('has every value put in, in every language', () => {
    for (const [locale, texts] of Object.entries(outsideTexts)) {
      expect(all(new OutsideWords(locale, texts)).filter((text) => /[{}\n]/.test(text))).toEqual(
        [],
      );
    }
  });

  it('is of the catalogue alone: nothing stands outside of its brackets', () => {
    const strange = Object.fromEntries(
      Object.entries(outsideTexts.en).map(([id, text]) => [
        id,
        `⟦${text.replace(/\{\w+\}|\w/g, (one) => (one.length > 1 ? one : 'ø'))}⟧`,
      ]),
    ) as OutsideTexts;
    for (const text of all(new OutsideWords('ru', strange))) expect(text).toMatch(/^⟦[^a-z]+⟧$/i);
  });

  it('has a description for the browser in the language that the browser has', () => {
    const manifest = readFileSync(new URL('../../manifest.json', import.meta.url), 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({
      ...{ default_locale: 'en', description: '__MSG_description__' },
    });
  });
});
