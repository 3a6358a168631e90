// The published @linera/client, unmodified from npm, on a page in headless Chromium: the judge.
import { build } from 'esbuild';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { findChromium, inRoot } from '@mica/tools/lib';

const dist = inRoot('node_modules/@linera/client/dist');

export interface PublishedSite {
  url: string;
  close(): Promise<void>;
}

/** What the client needs to run applications, which it does in workers with shared memory. */
const isolated = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** A site with the client's bundle and its Wasm. */
export async function servePublished(): Promise<PublishedSite> {
  const snippets = readdirSync(`${dist}/wasm/snippets`);
  const thread = snippets.find((name) => name.startsWith('web-thread-'))!;
  const bundle = await build({
    entryPoints: {
      client: `${dist}/index.js`,
      // Where the client looks for it: beside its own code.
      worker: `${dist}/wasm/snippets/${thread}/src/worker.js`,
    },
    outdir: inRoot('build/published'),
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const codeOf = (name: string) => bundle.outputFiles.find(({ path }) => path.endsWith(name))!.text;
  const files = new Map<string, [string, Uint8Array | string]>([
    ['/', ['text/html', '<!doctype html><title>published client</title>']],
    ['/client.js', ['text/javascript', codeOf('/client.js')]],
    ['/worker.js', ['text/javascript', codeOf('/worker.js')]],
    ['/index_bg.wasm', ['application/wasm', readFileSync(`${dist}/wasm/index_bg.wasm`)]],
  ]);
  const server: Server = createServer((request, response) => {
    const found = files.get((request.url ?? '/').split('?')[0]!);
    if (!found) return response.writeHead(404).end();
    return response.writeHead(200, { ...isolated, 'content-type': found[0] }).end(found[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export async function launchChromium(): Promise<Browser> {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error('no Chromium here');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

interface PublishedOptions {
  context: BrowserContext;
  site: PublishedSite;
  faucetUrl: string;
  /** 32 bytes in hex; the same key gets the same chain. */
  secretKey: string;
  /** Chains without a claim cannot be opened: false for probes of others' chains. */
  start?: boolean;
  clientOptions?: Record<string, unknown>;
}

/** For one answer of the published client. */
const LIMIT_MS = 60_000;

export interface Probed {
  blocks: { height: number; hash: string }[];
  error?: string;
}

interface PageState {
  linera: typeof import('@linera/client');
  client: import('@linera/client').Client;
  chain: import('@linera/client').Chain;
  notifications: unknown[];
  probed?: Record<
    string,
    { chain: import('@linera/client').Chain; blocks: { height: number; hash: string }[] }
  >;
}
declare global {
  // Lives in the page.
  var published: PageState;
}

/** One client in one page. Promises that never settle on bad input fail by page error instead. */
export class PublishedClient {
  readonly errors: string[] = [];
  private constructor(
    readonly page: Page,
    readonly chainId: string,
    readonly owner: string,
  ) {}

  static async open(options: PublishedOptions): Promise<PublishedClient> {
    const page = await options.context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(options.site.url);
    const { chainId, owner } = await page.evaluate(
      async ({ faucetUrl, secretKey, start, clientOptions }) => {
        const module = '/client.js';
        const linera = (await import(module)) as typeof import('@linera/client');
        await linera.initialize();
        const faucet = new linera.Faucet(faucetUrl);
        const wallet = await faucet.createWallet();
        const signer = new linera.signer.PrivateKey(secretKey);
        const owner = signer.address().toLowerCase();
        const chainId = await faucet.claimChain(wallet, owner as never);
        const client = await new linera.Client(wallet, signer, clientOptions as never);
        if (start) client.start();
        const chain = await client.chain(chainId as never);
        const notifications: unknown[] = [];
        chain.onNotification((news: unknown) => void notifications.push(news));
        globalThis.published = { linera, client, chain, notifications } as never;
        return { chainId: String(chainId), owner };
      },
      { start: true, clientOptions: {}, ...pick(options) },
    );
    const made = new PublishedClient(page, chainId, owner);
    made.errors.push(...errors);
    page.on('pageerror', (error) => made.errors.push(error.message));
    return made;
  }

  /** Whole tokens. `donor`: an owner's account instead of the chain's balance. */
  transfer(to: { chainId: string; owner?: string }, tokens: number, donor?: string) {
    return this.#call(
      ([chainId, owner, amount, donor]) =>
        globalThis.published.chain.transfer({
          ...(donor === null ? {} : { donor: donor as never }),
          amount: amount as never,
          recipient: { chain_id: chainId, owner } as never,
        } as never),
      [to.chainId, to.owner ?? '0x00', tokens, donor ?? null] as const,
    );
  }

  balance(): Promise<string> {
    return this.#call(() => globalThis.published.chain.balance(), null);
  }
  /**
   * Whether that is its balance. Its query executes what lies in its inbox; when its own listener
   * has just put that into a block, the query fails, and tells no balance yet.
   */
  shows(balance: string): Promise<boolean> {
    return this.balance().then(
      (now) => now === balance,
      (error: unknown) => {
        if (/out of order compared to previous messages/.test(String(error))) return false;
        throw error;
      },
    );
  }
  addOwner(owner: string, weight = 100): Promise<void> {
    return this.#call(
      ([owner, weight]) => globalThis.published.chain.addOwner(owner as never, { weight }),
      [owner, weight] as const,
    );
  }
  versionInfo(): Promise<unknown> {
    return this.#call(() => globalThis.published.chain.validatorVersionInfo(), null);
  }

  /** Heights and hashes of the blocks it executed itself, in order. */
  executed(): Promise<{ height: number; hash: string }[]> {
    return this.#heights('BlockExecuted');
  }
  /** Heights and hashes of the blocks that a quorum certified and it accepted. */
  newBlocks(): Promise<{ height: number; hash: string }[]> {
    return this.#heights('NewBlock');
  }

  /**
   * Synchronises any chain, owned or not, and executes every block itself: the heights and hashes
   * that it agreed with since it was last asked, or the error with its own outcome.
   */
  async probe(chainId: string): Promise<Probed> {
    await this.listen(chainId);
    return this.#call(async (id) => {
      const found = globalThis.published.probed![id]!;
      let error: unknown = null;
      await found.chain.validatorVersionInfo().catch((caught: unknown) => void (error = caught));
      // Notifications come by a task of their own.
      await new Promise((resolve) => setTimeout(resolve, 0));
      const blocks = found.blocks.splice(0);
      return error === null ? { blocks } : { blocks, error: String(error) };
    }, chainId);
  }

  /**
   * Hears of a chain's blocks from now on; without asking for them, it executes block 0 when that
   * sends something to its own chain.
   */
  listen(chainId: string): Promise<void> {
    return this.#call(async (id) => {
      const probed = (globalThis.published.probed ??= {});
      if (probed[id]) return;
      const chain = await globalThis.published.client.chain(id as never);
      const blocks: { height: number; hash: string }[] = [];
      chain.onNotification((news: unknown) => {
        const { reason } = news as { reason: { NewBlock?: { height: number; hash: string } } };
        if (reason.NewBlock) blocks.push(reason.NewBlock);
      });
      probed[id] = { chain, blocks };
    }, chainId);
  }

  /** What any chain holds itself, after a probe: tokens as it prints them. */
  balanceOf(chainId: string): Promise<string> {
    return this.#call(async (id) => globalThis.published.probed![id]!.chain.balance(), chainId);
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  #heights(kind: string): Promise<{ height: number; hash: string }[]> {
    return this.#call((kind) => {
      type News = { reason: Record<string, { height: number; hash: string }> };
      return (globalThis.published.notifications as News[])
        .map(({ reason }) => reason[kind])
        .filter((found) => found !== undefined)
        .map(({ height, hash }) => ({ height: Number(height), hash: String(hash) }));
    }, kind);
  }

  async #call<Argument, Result>(
    run: (argument: Argument) => Promise<Result> | Result,
    argument: Argument,
  ): Promise<Result> {
    const errors = this.errors.length;
    let stop = () => {};
    const failed = new Promise<never>((_, reject) => {
      const timer = setInterval(() => {
        if (this.errors.length > errors) reject(new Error(this.errors[errors]));
      }, 50);
      const limit = setTimeout(
        () => reject(new Error('no answer of the published client')),
        LIMIT_MS,
      );
      stop = () => {
        clearInterval(timer);
        clearTimeout(limit);
      };
    });
    failed.catch(() => {});
    const done = this.page.evaluate(run as never, argument as never) as Promise<Result>;
    return Promise.race([done, failed]).finally(stop);
  }
}

const pick = ({ faucetUrl, secretKey, start, clientOptions }: PublishedOptions) => ({
  faucetUrl,
  secretKey,
  ...(start === undefined ? {} : { start }),
  ...(clientOptions === undefined ? {} : { clientOptions }),
});
