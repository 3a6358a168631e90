// Finds or makes the offscreen page, which holds the engine and the vault, and speaks with it.
import type { FromOffscreen, ToOffscreen } from '../shared/wire.ts';
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

async function offscreenPage(): Promise<WindowClientLike> {
  const there = await find();
  if (there) return there;
  await make();
  for (let tries = 0; tries < 50; tries += 1) {
    const made = await find();
    if (made) return made;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the offscreen page did not start');
}

type Heard = (message: FromOffscreen, ports: readonly MessagePort[]) => void;

/**
 * The way to the offscreen page: a port, so that not every message has to look for the page. It
 * ends with either side; a message after that makes a new one.
 */
export class OffscreenLine {
  private port: MessagePort | null = null;

  /** `heard` gets what the page says over the port. */
  constructor(private readonly heard: Heard) {}

  async send(message: ToOffscreen, transfer: Transferable[] = []): Promise<void> {
    const port = this.port ?? (await this.open());
    port.postMessage(message, transfer);
  }

  // One at a time, also when several events woke the service worker at once.
  private async open(): Promise<MessagePort> {
    return await navigator.locks.request('offscreen-page', async () => {
      if (this.port) return this.port;
      const page = await offscreenPage();
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('close', () => {
        if (this.port === port1) this.port = null;
      });
      port1.onmessage = ({ data, ports }: MessageEvent<FromOffscreen>) => this.heard(data, ports);
      page.postMessage({ kind: 'line' } satisfies ToOffscreen, [port2]);
      this.port = port1;
      return port1;
    });
  }
}
