// The door for pages: who may speak, by what the browser says of the sender, never by what the
// message says. A page speaks through our content script in its top frame.
import { MAX_MODULE_MESSAGE_CHARS } from '@mica/bindings/limits';

export class DoorError extends Error {
  override readonly name = 'DoorError';
}

/** A page that may speak. */
export interface PageSender {
  origin: string;
  tabId: number;
  documentId: string;
}

/** The parts of chrome.runtime.MessageSender that are looked at. */
export interface SenderLike {
  id?: string;
  origin?: string;
  url?: string;
  frameId?: number;
  documentId?: string;
  documentLifecycle?: string;
  tab?: { id?: number; incognito?: boolean };
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** https anywhere, http on this machine. */
export function checkOrigin(text: string | undefined): string {
  const url = typeof text === 'string' ? URL.parse(text) : null;
  if (!url || url.origin === 'null') throw new DoorError('no origin');
  const secure =
    url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));
  if (!secure) throw new DoorError(`not a secure origin: ${url.origin}`);
  return url.origin;
}

export function checkPageSender(sender: SenderLike, extensionId: string): PageSender {
  if (sender.id !== extensionId) throw new DoorError('not our content script');
  if (typeof sender.tab?.id !== 'number') throw new DoorError('not in a tab');
  // The manifest keeps the wallet out of private windows; what they do is not stored in any case.
  if (sender.tab.incognito) throw new DoorError('a private window');
  if (sender.frameId !== 0) throw new DoorError('not the top frame');
  if (sender.documentLifecycle !== 'active') throw new DoorError('not an active document');
  if (typeof sender.documentId !== 'string' || !sender.documentId)
    throw new DoorError('no document');
  const origin = checkOrigin(sender.origin);
  if (checkOrigin(sender.url) !== origin) throw new DoorError('origin and address differ');
  return { origin, tabId: sender.tab.id, documentId: sender.documentId };
}

/** More than any request needs, and a bound on what one message can cost. */
export const MAX_MESSAGE_CHARS = 64 * 1024;
/** How a message begins that may be longer: as the provider writes it. */
const MODULE = /^\{"kind":"request","id":"[\w-]{1,64}","method":"linera_publishModule",/;
/** JSON.parse reads any depth; what copies or writes the value behind the door does not. */
export const MAX_MESSAGE_DEPTH = 32;

export interface PageRequest {
  id: string;
  method: string;
  params: unknown;
}

export type PageMessage =
  /** `activated`: the person has just done something in the page. */
  | { kind: 'request'; request: PageRequest; activated: boolean }
  /** The page listens: send it events. */
  | { kind: 'attach' };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DoorError('not JSON');
  }
}

function isDeeper(value: unknown, than: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return than === 0 || Object.values(value).some((part) => isDeeper(part, than - 1));
}

/** What our content script sends: the page's own text, and what only the browser can know. */
export interface Relayed {
  text: string;
  activated: boolean;
}

export function checkRelayed(message: unknown): PageMessage {
  if (typeof message !== 'object' || message === null) throw new DoorError('not relayed');
  const { text, activated } = message as Partial<Relayed>;
  return checkPageMessage(text, activated === true);
}

/** The document that is being left says so; it is not active any more. */
export function leavingDocument(
  message: unknown,
  sender: SenderLike,
  extensionId: string,
): string | null {
  if (message !== LEAVE || sender.id !== extensionId) return null;
  return typeof sender.documentId === 'string' ? sender.documentId : null;
}
export const LEAVE = '{"kind":"leave"}';

export function checkPageMessage(message: unknown, activated = false): PageMessage {
  if (typeof message !== 'string') throw new DoorError('not a string');
  const isLong = message.length > MAX_MESSAGE_CHARS;
  const most = MODULE.test(message) ? MAX_MODULE_MESSAGE_CHARS : MAX_MESSAGE_CHARS;
  if (message.length > most) throw new DoorError('too long');
  const value = parseJson(message);
  if (typeof value !== 'object' || value === null) throw new DoorError('not an object');
  if (isDeeper(value, MAX_MESSAGE_DEPTH)) throw new DoorError('nested too deep');
  const { kind, id, method, params } = value as Record<string, unknown>;
  if (kind === 'attach') return { kind };
  if (kind !== 'request') throw new DoorError('unknown kind of message');
  if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id)) throw new DoorError('bad request id');
  if (typeof method !== 'string' || !/^\w{1,64}$/.test(method)) throw new DoorError('bad method');
  // A second `method` in it counts, not the first.
  if (isLong && method !== 'linera_publishModule') throw new DoorError('too long');
  return { kind, request: { id, method, params }, activated };
}
