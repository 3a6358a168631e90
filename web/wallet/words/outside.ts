// What is said where no window is: the browser's notices, the extension's button and its place in
// the browser's list. Every language is there, and nothing else of the catalogue.
import { formatTokens } from '@mica/wallet-contract/amounts';
import type { Attos, LanguageName, Settings } from '@mica/wallet-contract/api';
import type { Arguments } from './catalogue.ts';
import { outside as de } from './de/outside.ts';
import { outside as en } from './en/outside.ts';
import { localeFor, nameOf } from './locale.ts';
import { oneLine } from './one_line.ts';

export type OutsideId = keyof typeof en;
export type OutsideTexts = Record<OutsideId, string>;

export const outsideTexts: Record<LanguageName, OutsideTexts> = { en, de };

export class OutsideWords {
  constructor(
    private readonly locale: string,
    private readonly texts: OutsideTexts,
  ) {}

  say<Id extends OutsideId>(id: Id, ...[values]: Arguments<Id, string>): string {
    const given = (values ?? {}) as Record<string, string>;
    return oneLine(this.texts[id]).replace(/\{(\w+)\}/g, (all, name: string) => given[name] ?? all);
  }

  /** Exact, as Words.exact. */
  amount(attos: Attos): string {
    const parts = new Intl.NumberFormat(this.locale).formatToParts(1.5);
    const sign = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
    return formatTokens(attos).replace('.', sign);
  }
}

/** `wanted`: navigator.languages. */
export function outsideWords(
  chosen: Settings['language'],
  wanted: readonly string[],
): OutsideWords {
  const locale = localeFor(chosen, wanted);
  return new OutsideWords(locale, outsideTexts[nameOf(locale) ?? 'en']);
}
