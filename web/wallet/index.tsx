// The wallet's UI. It knows two ports and nothing of the browser's extension APIs; whoever mounts
// it brings them (extension/src/window.ts, or the fake of preview/).
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { WalletHost } from '@mica/wallet-contract/api';
import { App } from './app.tsx';
import { WalletStore } from './model/store.ts';
import { WalletProvider } from './model/use_wallet.tsx';
import { Spoken, type Speech } from './words/spoken.tsx';
import './styles/base.css';
import './styles/parts.css';
import './styles/screens.css';

export function mountWallet(
  root: HTMLElement,
  host: WalletHost,
  speech: Speech = { wanted: navigator.languages },
): void {
  document.documentElement.dataset.page = host.view.page;
  createRoot(root).render(
    <StrictMode>
      <WalletProvider store={new WalletStore(host)}>
        <Spoken speech={speech}>
          <App />
        </Spoken>
      </WalletProvider>
    </StrictMode>,
  );
}
