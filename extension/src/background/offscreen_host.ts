// Finds or makes the offscreen page, which holds the engine and the vault, and speaks with it.
import { systemClock, wakeIn, type Clock } from '@mica/bindings/wake';
import type { FromOffscreen, ToOffscreen } from '../shared/wire.ts';
import { OFFSCREEN_PATH } from '../doors/internal.ts';

interface WorkerClients {
  matchAll(options: { includeUncontrolled: boolean; type: 'all' }): Promise<WindowClientLike[]>;
}
export interface WindowClientLike {
  url: string;
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/** What of the browser is used. */
interface OffscreenBrowser {
  clock: Clock;
  find(): Promise<WindowClientLike | undefined>;
  /** Resolves also when it is being made already. */
  make(): Promise<void>;
  /** One after the other, also when several events woke the service worker at once. */
  turn<T>(act: () => Promise<T>): Promise<T>;
}

const STARTS_WITHIN_MS = 5000;

const url = () => chrome.runtime.getURL(OFFSCREEN_PATH);
const clients = () => (globalThis as unknown as { clients: WorkerClients }).clients;

export const browser: OffscreenBrowser = {
  clock: systemClock,
  async find() {
    const all = await clients().matchAll({ includeUncontrolled: true, type: 'all' });
    return all.find((client) => client.url === url());
  },
  make,
  turn: (act) => navigator.locks.request('offscreen-page', act) as ReturnType<typeof act>,
};

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

type Heard = (message: FromOffscreen, ports: readonly MessagePort[]) => void;

/**
 * The way to the offscreen page: a port, so that not every message has to look for the page. It
 * ends with either side; a message after that makes a new one.
 */
export class OffscreenLine {
  private port: MessagePort | null = null;
  private waiting: ((page: WindowClientLike) => void) | null = null;

  /** `heard` gets what the page says over the port. */
  constructor(
    private readonly heard: Heard,
    private readonly its: OffscreenBrowser = browser,
  ) {}

  /** The page has spoken to this worker: it is there. */
  met(page: WindowClientLike): void {
    this.waiting?.(page);
  }

  async send(message: ToOffscreen, transfer: Transferable[] = []): Promise<void> {
    const port = this.port ?? (await this.open());
    port.postMessage(message, transfer);
  }

  // The page says that it has started; one that had started before is found.
  private async page(): Promise<WindowClientLike> {
    const there = await this.its.find();
    if (there) return there;
    let late = () => {};
    const started = new Promise<WindowClientLike>((resolve, reject) => {
      this.waiting = resolve;
      const failed = () => reject(new Error('the offscreen page did not start'));
      late = wakeIn(STARTS_WITHIN_MS, failed, this.its.clock);
    });
    try {
      const made = this.its.make().then(() => this.its.find());
      return (await Promise.race([started, made])) ?? (await started);
    } finally {
      late();
      this.waiting = null;
    }
  }

  private async open(): Promise<MessagePort> {
    return await this.its.turn(async () => {
      if (this.port) return this.port;
      const page = await this.page();
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
