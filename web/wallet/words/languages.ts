// Where the texts of a language are, for windows. English is always there; every other one
// is a file of its own, read when it is spoken.
import type { LanguageName } from '@mica/wallet-contract/api';
import type { Language, Texts } from './catalogue.ts';
import { en } from './en/index.ts';
import { nameOf } from './locale.ts';

const texts: Record<LanguageName, () => Promise<Texts>> = {
  en: async () => en,
  de: async () => (await import('./de/index.ts')).de,
};

/** What each calls itself. */
export const autonyms: Record<LanguageName, string> = { en: 'English', de: 'Deutsch' };

/** English when its texts cannot be read. */
export async function loadLanguage(locale: string): Promise<Language> {
  try {
    return { locale, texts: await texts[nameOf(locale) ?? 'en']() };
  } catch (error) {
    console.warn(error);
    return { locale: 'en', texts: en };
  }
}
