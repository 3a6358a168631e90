import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@mica/wallet-contract/api';
import { checkAmount } from '../model/money.ts';
import type { MessageId } from './catalogue.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { loadLanguage } from './languages.ts';
import { localeFor } from './locale.ts';
import { oneLine } from './one_line.ts';
import { outsideTexts, OutsideWords, type OutsideId } from './outside.ts';
import { Words } from './words.ts';

/** What a text names: "count: plural". */
function named(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((one) => {
    if (one.type === TYPE.literal || one.type === TYPE.pound) return [];
    if (one.type === TYPE.plural || one.type === TYPE.select) {
      const inner = Object.values(one.options).flatMap(({ value }) => named(value));
      return [one.value, ...inner];
    }
    return 'value' in one ? [one.value] : [];
  });
}
const namedIn = (text: string) =>
  [...new Set(named(parse(oneLine(text), { ignoreTag: true })))].sort();

describe('every language', () => {
  it.each(Object.keys(en) as MessageId[])('names the same values in %s', (id) => {
    expect(namedIn(de[id])).toEqual(namedIn(en[id]));
  });
  it("is a translation, but for names and the field's own words", () => {
    const same = (Object.keys(en) as MessageId[]).filter((id) => de[id] === en[id]);
    expect(same.filter((id) => !SAME.has(id))).toEqual([]);
  });
});

describe('what is said outside of windows', () => {
  it.each(Object.keys(outsideTexts.en) as OutsideId[])('is read alike in both ways: %s', (id) => {
    const values = { amount: '1.5' };
    for (const [locale, own] of Object.entries({ en, de })) {
      const outside = new OutsideWords(locale, own);
      const said = (outside.say as (id: OutsideId, values: object) => string).call(
        ...([outside, id, values] as const),
      );
      expect(said).toBe(new Words({ locale, texts: own }).say(id as never, values as never));
    }
  });
  it('has amounts with the sign of the language', () => {
    const attos = 12345n * 10n ** 17n;
    expect(new OutsideWords('de', de).amount(attos)).toBe(
      new Words({ locale: 'de', texts: de }).exact(attos),
    );
  });
});

/** Alike in German. */
const SAME = new Set<MessageId>([
  'app.name',
  'outside.badge.quiet',
  'app.window',
  'bar.network',
  'name.ownerOnChain',
  'settings.version',
  'accounts.ed25519',
  'network.offline',
  'fact.name',
  'nav.label',
  'nav.home',
  'restore.phrase',
  'home.title',
  'block.title',
  'failure.UnknownChain.facts',
  'failure.NoHttpAnswer.facts',
  'money.unit',
  'money.exact',
  'vault.chain',
  'fact.chain',
  'chainPage.title',
  'send.max',
  'facts.argument',
  'facts.committee',
  'networks.genesis',
  'networks.faucet',
  'chains.title',
]);

describe('a window', () => {
  it('speaks the first of the languages that the browser wants', () => {
    expect(localeFor('browser', ['fr-FR', 'de-AT', 'en'])).toBe('de-AT');
    expect(localeFor('browser', ['fr'])).toBe('en');
  });
  it('speaks the one that was chosen, with the region that the browser names', () => {
    expect(localeFor('de', ['en-GB', 'de-CH'])).toBe('de-CH');
    expect(localeFor('en', ['de-CH'])).toBe('en');
    expect(localeFor('de', [])).toBe('de');
  });
  it.each(LANGUAGES)('reads all texts of %s', async (name) => {
    const { texts } = await loadLanguage(name);
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
    expect(texts['settings.language']).not.toBe('');
  });
  it('writes amounts and reads them with the sign of its language', () => {
    const german = new Words({ locale: 'de', texts: de });
    const amount = 1234n * 10n ** 18n + 5n * 10n ** 17n;
    expect(german.amount(amount)).toBe('1\u2009234,5');
    expect(german.exact(amount)).toBe('1234,5');
    expect(checkAmount('1234,5', amount, german)).toEqual({ amount });
    expect(checkAmount('1.5', amount, german)).toEqual({
      problem: expect.stringMatching(/1,5/) as unknown,
    });
  });
  it('counts', () => {
    const { say } = new Words({ locale: 'en', texts: en });
    expect(say('count.chains', { count: 1 })).toBe('1 chain');
    expect(say('count.chains', { count: 2 })).toBe('2 chains');
  });
  it('is given no wrong id and no wrong value', () => {
    const { say } = new Words({ locale: 'en', texts: en });
    // @ts-expect-error: no such text
    const fly = () => say('do.fly');
    expect(fly).toThrow();
    // @ts-expect-error: it names a count
    const uncounted = () => say('count.chains');
    expect(uncounted).toThrow();
  });
});
