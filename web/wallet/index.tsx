// The wallet's UI. It knows two ports and nothing of the browser's extension APIs; whoever mounts
// it brings them (extension/src/window.ts, or the fake of preview/).
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { WalletHost } from '@mica/wallet-contract/api';
import { App } from './app.tsx';
import { WalletStore } from './model/store.ts';
import { WalletProvider } from './model/use_wallet.tsx';
import type { Language } from './words/catalogue.ts';
import { languageFor } from './words/languages.ts';
import { WordsProvider } from './words/use_words.tsx';
import { Words } from './words/words.ts';
import './styles/base.css';
import './styles/parts.css';
import './styles/screens.css';

/** In the browser's language, where there are texts for it; else in English. */
export function mountWallet(
  root: HTMLElement,
  host: WalletHost,
  language: Language = languageFor(navigator.languages),
): void {
  document.documentElement.lang = language.locale;
  document.documentElement.dataset.page = host.view.page;
  createRoot(root).render(
    <StrictMode>
      <WalletProvider store={new WalletStore(host)}>
        <WordsProvider value={new Words(language)}>
          <App />
        </WordsProvider>
      </WalletProvider>
    </StrictMode>,
  );
}
