// Finds or makes the offscreen page, which holds the engine and the vault, and posts to it.
import type { ToOffscreen } from '../shared/wire.ts';
import { OFFSCREEN_PATH } from '../doors/internal.ts';

interface WorkerClients {
  matchAll(options: { includeUncontrolled: boolean; type: 'all' }): Promise<WindowClientLike[]>;
}
interface WindowClientLike {
  url: string;
  postMessage(message: unknown, transfer: Transferable[]): void;
}

const url = () => chrome.runtime.getURL(OFFSCREEN_PATH);
const clients = () => (globalThis as unknown as { clients: WorkerClients }).clients;

async function find(): Promise<WindowClientLike | undefined> {
  const all = await clients().matchAll({ includeUncontrolled: true, type: 'all' });
  return all.find((client) => client.url === url());
}

async function make(): Promise<void> {
  const contexts = await chrome.runtime.getContexts({
    contextTypes: [chrome.runtime.ContextType.OFFSCREEN_DOCUMENT],
  });
  if (contexts.length > 0) return;
  await chrome.offscreen.createDocument({
    url: OFFSCREEN_PATH.slice(1),
    reasons: [chrome.offscreen.Reason.WORKERS],
    justification: 'Runs the wallet node and the key vault in workers of their own.',
  });
}

/** One at a time, also when several events woke the service worker at once. */
export async function offscreenPage(): Promise<WindowClientLike> {
  return navigator.locks.request('offscreen-page', async () => {
    const there = await find();
    if (there) return there;
    await make();
    for (let tries = 0; tries < 50; tries += 1) {
      const made = await find();
      if (made) return made;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('the offscreen page did not start');
  });
}

export async function toOffscreen(
  message: ToOffscreen,
  transfer: Transferable[] = [],
): Promise<void> {
  (await offscreenPage()).postMessage(message, transfer);
}
