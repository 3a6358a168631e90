// Every screen without the extension: ?scene=home&page=popup#/send. Scenes: fake/scenes.ts.
import type { Settings, WalletView } from '@mica/wallet-contract/api';
import { fakeHost, scenes, type FakeHost } from '../fake/scenes.ts';
import { mountWallet } from '../index.tsx';
import { pseudoLanguage } from '../words/pseudo.ts';

declare global {
  interface Window {
    /** For tests: what stands in for the workers. */
    fake: FakeHost;
  }
}

const asked = new URL(location.href).searchParams;
const scene = scenes[asked.get('scene') ?? 'home'] ?? {};
const page = asked.get('page') ?? 'popup';
const view = (
  ['popup', 'tab', 'sidepanel', 'approval'].includes(page) ? { page } : { page: 'popup' }
) as WalletView;
window.fake = fakeHost(scene, view);
keepLanguage(window.fake);
const root = document.getElementById('root');
// ?language=pseudo, or what the browser would want; English by itself.
const language = asked.get('language') ?? 'en';
const only = language === 'pseudo' ? pseudoLanguage() : undefined;
if (root) mountWallet(root, window.fake, { wanted: [language], only });

// As the engine keeps it: over a reload of the window.
function keepLanguage({ wallet }: FakeHost): void {
  const language = sessionStorage.getItem('language') as Settings['language'] | null;
  if (language) void wallet.setSettings({ language });
  wallet.on('state', (state) => sessionStorage.setItem('language', state.settings.language));
}
