// Every screen without the extension: ?scene=home&page=popup#/send. Scenes: fake/scenes.ts.
import type { WalletView } from '@mica/wallet-contract/api';
import { fakeHost, scenes, type FakeHost } from '../fake/scenes.ts';
import { mountWallet } from '../index.tsx';
import { languageFor } from '../words/languages.ts';
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
const root = document.getElementById('root');
// ?language=pseudo, or any that the wallet speaks; English by itself.
const language = asked.get('language') ?? 'en';
if (root) {
  const spoken = language === 'pseudo' ? pseudoLanguage() : languageFor([language]);
  mountWallet(root, window.fake, spoken);
}
