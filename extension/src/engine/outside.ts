// Everything the wallet service does outside of itself, so that tests can stand in for it.
import type { AskHost, HostQuestion } from '@mica/bindings/ask_host';
import type { ClientNews } from '@mica/bindings/client_host';
import type { LeftOut } from '@mica/bindings/left_out';
import type { Clock } from '@mica/bindings/wake';
import type { Response as HostAnswer } from '@mica/bindings/types';
import type { NetworkEntry, WalletFailure } from '@mica/wallet-contract/api';
import type { Badge, ChosenLanguage, Notice } from '../shared/said.ts';
import type { Engine } from './engine.ts';
import type { Faucet } from './faucet.ts';

/** A network with the genesis that its store was made for. */
export interface StoredNetwork extends NetworkEntry {
  genesisJson: string | null;
}

export interface EngineOptions {
  onNews(news: ClientNews): void;
  /** What applications ask of hosts outside. */
  askHost: AskHost;
  /** The store takes nothing more: this engine is to be closed, and another opened. */
  onStorageFailure(failure: WalletFailure): void;
  /** Validators on whose answers an engine before aborted. */
  leftOut: readonly LeftOut[];
  /** Put the damaged files of the store aside and go on with the others. */
  setAsideDamage: boolean;
}

export interface Outside {
  clock: Clock;
  openEngine(genesisJson: string, options: EngineOptions): Promise<Engine>;
  faucet(url: string): Faucet;
  /** The extension's own storage: networks and settings; nothing secret. */
  load<T>(key: string): Promise<T | null>;
  save(key: string, value: unknown): Promise<void>;
  keys(prefix: string): Promise<string[]>;
  /** Every network's chains and sites, for good. Rejects while one is open. */
  deleteStores(): Promise<void>;
  /**
   * Asks a host, from a place that can do nothing else; rejects with why there is no answer.
   * NotAllowed: the browser does not let the wallet, whatever the person said before.
   */
  askHost(question: HostQuestion): Promise<HostAnswer | 'NotAllowed'>;
  /** Gives the browser's own leave for it back. */
  dropHost(origin: string): void;
  /** The vault forgets that this ProposedBlock was approved. */
  unapprove(network: string, block: Uint8Array): void;
  toPage(page: { tabId: number; documentId: string }, text: string): void;
  badge(badge: Badge, language: ChosenLanguage): void;
  notify(notice: Notice, language: ChosenLanguage): void;
  openApprovalWindow(): void;
  newId(): string;
}
