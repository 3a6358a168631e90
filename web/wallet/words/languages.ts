// Which language a window speaks: the first of the browser's that there is, or English.
import type { Language, Texts } from './catalogue.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';

const languages: Record<string, Texts> = { en, de };

/** `wanted`: navigator.languages. A region, as in de-AT, decides about dates and numbers. */
export function languageFor(wanted: readonly string[]): Language {
  for (const locale of wanted) {
    const texts = languages[locale.split('-')[0]?.toLowerCase() ?? ''];
    if (texts) return { locale, texts };
  }
  return { locale: 'en', texts: en };
}
