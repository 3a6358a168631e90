// The words of a window: in the language of the settings. Until the engine has told them, and when
// they say so, in the browser's.
import { useEffect, useState, type ReactNode } from 'react';
import { useSnapshot } from '../model/use_wallet.tsx';
import type { Language } from './catalogue.ts';
import { loadLanguage } from './languages.ts';
import { localeFor } from './locale.ts';
import { WordsProvider } from './use_words.tsx';
import { Words } from './words.ts';

export interface Speech {
  /** As navigator.languages. */
  wanted: readonly string[];
  /** Whatever is set or wanted: for previews. */
  only?: Language;
}

export function Spoken({ speech, children }: { speech: Speech; children: ReactNode }) {
  const chosen = useSnapshot().state?.settings.language ?? 'browser';
  const locale = localeFor(chosen, speech.wanted);
  const { only } = speech;
  const [words, setWords] = useState<Words | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const take = (language: Language) => void (isCurrent && setWords(new Words(language)));
    if (only) take(only);
    else void loadLanguage(locale).then(take);
    return () => void (isCurrent = false);
  }, [locale, only]);
  useEffect(() => {
    if (words) document.documentElement.lang = words.locale;
  }, [words]);
  return words && <WordsProvider value={words}>{children}</WordsProvider>;
}
