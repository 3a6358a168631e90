// The door for our own documents: wallet windows and the offscreen page, known by their address.
// Web pages cannot post to the service worker: they are not its clients.
import { DoorError } from './page.ts';

export const WINDOW_PATH = '/wallet.html';
export const OFFSCREEN_PATH = '/offscreen.html';

/** The parts of a Client that are looked at. */
interface ClientLike {
  url: string;
  type: string;
  frameType?: string;
}

type InternalSender = 'window' | 'offscreen';

export function checkInternalSender(source: unknown, extensionOrigin: string): InternalSender {
  const client = source as Partial<ClientLike> | null;
  const url = client?.url ? URL.parse(client.url) : null;
  if (!url || !url.href.startsWith(`${extensionOrigin}/`)) throw new DoorError('not our document');
  if (client?.type !== 'window') throw new DoorError('not a document');
  // A frame inside somebody's page must never pass for the wallet.
  if (client.frameType === 'nested') throw new DoorError('framed');
  if (url.pathname === WINDOW_PATH) return 'window';
  if (url.pathname === OFFSCREEN_PATH) return 'offscreen';
  throw new DoorError(`unknown document ${url.pathname}`);
}
