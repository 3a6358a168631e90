// Which language a window speaks, and where its texts are. English is always there; every other one
// is a file of its own, read when it is spoken.
import { LANGUAGES, type LanguageName, type Settings } from '@mica/wallet-contract/api';
import type { Language, Texts } from './catalogue.ts';
import { en } from './en/index.ts';

const texts: Record<LanguageName, () => Promise<Texts>> = {
  en: async () => en,
  de: async () => (await import('./de/index.ts')).de,
};

/** What each calls itself. */
export const autonyms: Record<LanguageName, string> = { en: 'English', de: 'Deutsch' };

const nameOf = (locale: string): LanguageName | undefined => {
  const [language] = locale.toLowerCase().split('-');
  return LANGUAGES.find((name) => name === language);
};

/**
 * `wanted`: navigator.languages, of which the first that there is, or whose language was chosen, is
 * taken: a region, as in de-AT, decides about dates and numbers.
 */
export function localeFor(chosen: Settings['language'], wanted: readonly string[]): string {
  const fits = (locale: string) => {
    const name = nameOf(locale);
    return chosen === 'browser' ? name !== undefined : name === chosen;
  };
  return wanted.find(fits) ?? (chosen === 'browser' ? 'en' : chosen);
}

/** English when its texts cannot be read. */
export async function loadLanguage(locale: string): Promise<Language> {
  try {
    return { locale, texts: await texts[nameOf(locale) ?? 'en']() };
  } catch (error) {
    console.warn(error);
    return { locale: 'en', texts: en };
  }
}
