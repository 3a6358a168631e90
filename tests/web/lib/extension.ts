// A browser profile with the extension really installed, and one's way around in it.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import type { ActivityEntry, VaultApi, WalletApi, WalletState } from '@mica/wallet-contract/api';
import { findChromium } from '@mica/tools/lib';
import { atEnd } from '@mica/tools/lifetime';
import { ownExtension } from './own_extension.ts';
import { scratch } from './scratch.ts';
import { until } from './steps.ts';
import { mendTornWrites } from './torn_write.ts';

/** Signals end the program (tools/lifetime.mjs), and that its browsers. */
const oursToEnd = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

export interface Profile {
  name: string;
  folder: string;
}

export const makeProfile = (name: string): Profile => ({
  name,
  folder: scratch(`profile-${name}`),
});
export const removeProfile = ({ folder }: Profile): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });

export class ExtensionBrowser {
  /** What pages and workers complained about. */
  readonly complaints: string[] = [];
  private constructor(
    readonly profile: Profile,
    readonly context: BrowserContext,
    /** Of the key in extension/manifest.json; read from the first service worker. */
    readonly extensionId: string,
  ) {}

  static async open(
    profile: Profile,
    more: string[] = [],
    extension?: string,
  ): Promise<ExtensionBrowser> {
    const executablePath = await findChromium();
    if (!executablePath) throw new Error('no Chromium here');
    const folder = extension ?? (await ownExtension());
    const context = await chromium.launchPersistentContext(profile.folder, {
      executablePath,
      headless: false,
      viewport: { width: 400, height: 660 },
      ...oursToEnd,
      args: [
        '--headless=new',
        '--lang=en-US',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-dev-shm-usage',
        '--hide-crash-restore-bubble',
        `--disable-extensions-except=${folder}`,
        `--load-extension=${folder}`,
        ...more,
      ],
    });
    atEnd(() => context.close());
    context.setDefaultTimeout(15_000);
    // tsx names inner functions by a helper that pages do not have.
    await context.addInitScript('globalThis.__name ??= (f) => f;');
    const worker =
      context.serviceWorkers()[0] ??
      (await context.waitForEvent('serviceworker', { timeout: 20_000 }));
    const made = new ExtensionBrowser(profile, context, new URL(worker.url()).host);
    const watch = (page: Page) => {
      page.on('pageerror', (error) => made.complaints.push(`${page.url()}: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') made.complaints.push(`${page.url()}: ${message.text()}`);
      });
    };
    context.pages().forEach(watch);
    context.on('page', watch);
    return made;
  }

  url(page = 'tab', route = ''): string {
    const where = route ? `#${route}` : '';
    return `chrome-extension://${this.extensionId}/wallet.html?page=${page}${where}`;
  }

  /** A wallet window as a tab of its own. */
  async walletPage(route = ''): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(this.url('tab', route));
    return page;
  }

  /** The window that the extension opened for a page's request. */
  approvalPage(ms = 20_000): Promise<Page> {
    return until(
      'the approval window',
      () => this.context.pages().find((page) => page.url().startsWith(this.url('approval'))),
      ms,
    );
  }
  hasApprovalPage(): boolean {
    return this.context.pages().some((page) => page.url().startsWith(this.url('approval')));
  }

  /** Stops the service worker, as the browser does when it idles. */
  async stopServiceWorker(page: Page): Promise<void> {
    const session = await this.context.newCDPSession(page);
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.stopAllWorkers');
    await session.detach();
  }

  async close(): Promise<void> {
    await this.context.close().catch(() => undefined);
  }

  /**
   * SIGKILL to every process of this profile, found by its folder; after so many ms. What Chromium
   * itself would lose by that is mended (torn_write.ts); trouble.ts tests that loss.
   */
  async kill(afterMs = 0): Promise<void> {
    const gone = new Promise((resolve) => this.context.once('close', resolve));
    const pids = processesOf(this.profile.folder);
    if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It went by itself.
      }
    }
    await gone;
    await until(
      'no process of the profile is left',
      () => processesOf(this.profile.folder).length === 0,
    );
    await this.context.close().catch(() => undefined);
    const torn = mendTornWrites(this.profile.folder);
    if (torn > 0) console.log(`        the browser's own write was cut in two, and mended`);
  }
}

function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--user-data-dir=${folder}`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

type Plain<T> = T extends bigint ? string : T;
type Api = { wallet: WalletApi; vault: VaultApi };

/**
 * Calls a method of the wallet or the vault on ports of its own, as any wallet window does. Amounts
 * come back as decimal text: `"5n"` would not survive the way out of the page.
 */
export async function call<D extends keyof Api, M extends keyof Api[D] & string>(
  page: Page,
  door: D,
  method: M,
  params: object = {},
): Promise<unknown> {
  return page.evaluate(
    async ([door, method, params]) => {
      type Ports = { wallet: MessagePort; vault: MessagePort; next: number };
      const scope = globalThis as unknown as { testPorts?: Ports };
      if (!scope.testPorts) {
        const [wallet, vault] = [new MessageChannel(), new MessageChannel()];
        const { active } = await navigator.serviceWorker.ready;
        active!.postMessage({ kind: 'window' }, [wallet.port2, vault.port2]);
        scope.testPorts = { wallet: wallet.port1, vault: vault.port1, next: 0 };
        wallet.port1.start();
        vault.port1.start();
      }
      const ports = scope.testPorts;
      const id = (ports.next += 1);
      const port = ports[door as 'wallet' | 'vault'];
      // Passwords and phrases travel as bytes.
      const secret = /^(password|newPassword|backupPassword|phrase|passphrase)$/;
      const secrets: Uint8Array[] = [];
      const sent = Object.entries(params).map(([name, value]) => {
        if (!secret.test(name)) return [name, value] as const;
        const bytes = new TextEncoder().encode(value as string);
        secrets.push(bytes);
        return [name, bytes] as const;
      });
      const big = (value: unknown): unknown => {
        if (typeof value === 'bigint') return value.toString();
        if (value instanceof Uint8Array) return [...value];
        if (Array.isArray(value)) return value.map(big);
        if (value && typeof value === 'object') {
          return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, big(v)]));
        }
        return value;
      };
      return new Promise((resolve, reject) => {
        const listen = ({ data }: MessageEvent) => {
          if (data.id !== id || (data.t !== 'done' && data.t !== 'failed')) return;
          port.removeEventListener('message', listen);
          if (data.t === 'done') resolve(big(data.result));
          else reject(new Error(`${data.failure.code}: ${data.failure.message}`));
        };
        port.addEventListener('message', listen);
        setTimeout(() => reject(new Error(`never answered: ${door}.${method}`)), 60_000);
        port.postMessage({ t: 'call', id, method, params: Object.fromEntries(sent), secrets });
      });
    },
    [door, method, params] as const,
  );
}

type Texts<T> = { [K in keyof T]: T[K] extends bigint ? Plain<T[K]> : Texts<T[K]> };
export type StateText = Texts<WalletState>;
export type ActivityText = Texts<ActivityEntry>;

/** After a no: the site raises windows again at once. */
export const letAskAgain = (page: Page, origin: string) =>
  call(page, 'wallet', 'unblockSite', { origin });
export const stateOf = (page: Page) => call(page, 'wallet', 'getState') as Promise<StateText>;
export const activityOf = (page: Page, chainId: string, limit = 50) =>
  call(page, 'wallet', 'getActivity', { chainId, limit }) as Promise<ActivityText[]>;

export const badgeOf = (page: Page): Promise<string> =>
  page.evaluate(() => chrome.action.getBadgeText({}));
