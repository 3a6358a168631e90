// What is shown in a scene, as HTML, without a browser.
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { WalletStore } from '../model/store.ts';
import { WalletProvider } from '../model/use_wallet.tsx';
import { WordsProvider } from '../words/use_words.tsx';
import type { Words } from '../words/words.ts';
import { english } from './english.ts';
import { fakeHost, type Scene } from './scenes.ts';

export async function shown(what: ReactNode, scene: Scene = {}, words: Words = english) {
  const store = new WalletStore(fakeHost(scene, { page: 'tab' }));
  const stop = store.start();
  for (;;) {
    const { state, vault, drafts } = store.get();
    if (state && vault && drafts) break;
    await Promise.resolve();
  }
  stop();
  return renderToStaticMarkup(
    <WordsProvider value={words}>
      <WalletProvider store={store}>{what}</WalletProvider>
    </WordsProvider>,
  );
}

/** Without what is folded. */
export const unfolded = (html: string): string => html.replace(/<details[\s\S]*?<\/details>/g, '');
