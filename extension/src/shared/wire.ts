// What the extension's own contexts tell each other. Service worker and documents speak by
// postMessage between clients (bytes and ports stay what they are; a stopped service worker is
// started by it); content scripts only by JSON strings through chrome.runtime.
import type { HostQuestion } from '@mica/bindings/ask_host';
import type { Blame } from '@mica/bindings/left_out';
import type { PageMessage, PageSender } from '../doors/page.ts';
import type { Badge, ChosenLanguage, Notice } from './said.ts';

/** Service worker → offscreen page. Ports: wallet and vault port of a window; the line's. */
export type ToOffscreen =
  /** Both sides speak through this port from now on, as long as both live. */
  | { kind: 'line' }
  | { kind: 'page'; page: PageSender; message: PageMessage }
  | { kind: 'gone'; documentId: string }
  | { kind: 'window' }
  | { kind: 'approvalWindowClosed' }
  /** lock: the screen was locked. */
  | { kind: 'lock' }
  /** Another version of the extension than before: no page of then can be answered. */
  | { kind: 'updated' }
  | { kind: 'tick' };

/**
 * Offscreen page → service worker, with a port for the answer; said again without one. `id` is the
 * courier's: the same message twice is one.
 */
export type FromOffscreen =
  | { kind: 'toPage'; tabId: number; documentId: string; text: string }
  | { kind: 'badge'; badge: Badge; language: ChosenLanguage }
  | { kind: 'notify'; id?: string; notice: Notice; language: ChosenLanguage }
  | { kind: 'openApprovalWindow' }
  | { kind: 'load'; key: string }
  /** Which keys that begin so have a value. */
  | { kind: 'keys'; prefix: string }
  | { kind: 'save'; key: string; value: unknown }
  /** Whether the browser lets the wallet reach it. */
  | { kind: 'hostAllowed'; origin: string }
  | { kind: 'dropHost'; origin: string }
  | { kind: 'started' };

/** Wallet window → service worker, with the same two ports. */
export type FromWindow = { kind: 'window' };

/** Offscreen page → its workers, besides ToOffscreen. Ports: as named. */
export type ToWorker =
  | ToOffscreen
  | { kind: 'vaultPort' }
  | { kind: 'enginePort' }
  | { kind: 'windowPort' }
  /** To the vault, which tells windows: when the engine is started again; null: it was. */
  | { kind: 'engineStopped'; retryAt: number | null };

/**
 * Worker → offscreen page. `blame`: what the engine was given when it aborted. askHost: the answer
 * goes to the port.
 */
export type FromWorker =
  | FromOffscreen
  | { kind: 'askHost'; question: HostQuestion }
  | { kind: 'died'; reason: string; blame?: Blame | null };

interface WorkerScope {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
}

/** From a worker to the offscreen page. */
export const postToPage = (message: FromWorker, ports: Transferable[] = []): void =>
  (globalThis as unknown as WorkerScope).postMessage(message, ports);
