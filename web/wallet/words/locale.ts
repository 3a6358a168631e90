// Which of the languages is spoken.
import { LANGUAGES, type LanguageName, type Settings } from '@mica/wallet-contract/api';

export const nameOf = (locale: string): LanguageName | undefined => {
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
