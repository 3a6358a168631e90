// Everything the wallet service does outside of itself, so that tests can stand in for it.
import type { ClientNews } from '../../../js-bindings/src/host/client_host.ts';
import type { NetworkEntry } from '../../../js-bindings/src/wallet/api.ts';
import type { Engine } from './engine.ts';
import type { Faucet } from './faucet.ts';

/** A network with the genesis that its store was made for. */
export interface StoredNetwork extends NetworkEntry {
  genesisJson: string | null;
}

export interface Outside {
  openEngine(genesisJson: string, onNews: (news: ClientNews) => void): Promise<Engine>;
  faucet(url: string): Faucet;
  /** The extension's own storage: networks and settings; nothing secret. */
  load<T>(key: string): Promise<T | null>;
  save(key: string, value: unknown): Promise<void>;
  toPage(page: { tabId: number; documentId: string }, text: string): void;
  badge(badge: Badge): void;
  notify(title: string, message: string): void;
  openApprovalWindow(): void;
  now(): number;
  newId(): string;
  later(ms: number, run: () => void): void;
}

export interface Badge {
  text: string;
  tone: 'quiet' | 'ask';
  title: string;
}
