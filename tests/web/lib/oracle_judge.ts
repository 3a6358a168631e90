// The published client's side of the oracle: it executes each block itself, and says so.
import type { Browser } from 'playwright-core';
import { PublishedClient, type Probed, type PublishedSite } from './published.ts';
import { check, same, until } from './steps.ts';
import type { World } from './oracle_world.ts';

export class Judge {
  /** Hashes that it agreed with, by chain and height. */
  readonly agreed = new Map<string, string[]>();
  /** Heights of its own chain at which it executed what was then certified. */
  readonly executedOwn = new Set<number>();
  #executedSeen = 0;
  private constructor(readonly client: PublishedClient) {}

  static async open(
    browser: Browser,
    site: PublishedSite,
    world: World,
    secretKey: string,
    start: boolean,
  ): Promise<Judge> {
    const context = await browser.newContext();
    const { faucetUrl } = world.net;
    return new Judge(await PublishedClient.open({ context, site, faucetUrl, secretKey, start }));
  }

  get chain(): string {
    return this.client.chainId;
  }
  get owner(): string {
    return this.client.owner;
  }

  /** Before a block is made on a chain: it may execute it before it is asked to. */
  async listen(world: World): Promise<void> {
    for (const chain of world.blocks.keys()) {
      if (chain !== this.chain) await this.client.listen(chain);
    }
  }

  /** Executes what is new on this chain, up to the tip that Mica knows, and must agree. */
  async follow(world: World, chain: string): Promise<void> {
    const certified = world.blocks.get(chain)!;
    const known = this.agreed.has(chain);
    const agreed = this.#of(chain);
    if (!known && certified.length === 0) await this.#news(world, chain);
    await until(`agreement on ${chain} up to ${certified.length}`, async () => {
      if (agreed.length >= certified.length) return true;
      const { blocks, error } = await this.#news(world, chain);
      if (error) throw new Error(`the published client disagrees on ${chain}: ${error}`);
      for (const { height, hash } of blocks) this.#agree(chain, Number(height), hash);
      return agreed.length >= certified.length;
    });
    for (const [height, { hash }] of certified.entries()) {
      same(agreed[height], hash, `${chain}, height ${height}`);
    }
  }

  balance(chain: string): Promise<string> {
    return chain === this.chain ? this.client.balance() : this.client.balanceOf(chain);
  }

  /** What it executed and proposed on its own chain must be what was certified. */
  async ownBlocks(world: World): Promise<void> {
    const certified = world.blocks.get(this.chain)!;
    const executed = await this.client.executed();
    for (const { height, hash } of executed.slice(this.#executedSeen)) {
      if (!certified[height]) return;
      same(certified[height].hash, hash, `its own block ${height}`);
      this.#executedSeen += 1;
      this.executedOwn.add(height);
    }
  }

  // Of its own chain it has heard from the start.
  async #news(world: World, chain: string): Promise<Probed> {
    if (chain !== this.chain) {
      const unknown = world.blocks.get(chain)!.length - this.#of(chain).length;
      return this.client.probe(chain).catch((cause: unknown) => {
        throw new Error(`${chain}, ${unknown} blocks to execute: ${String(cause)}`, { cause });
      });
    }
    await this.client.versionInfo();
    return { blocks: (await this.client.newBlocks()).slice(this.#of(chain).length) };
  }

  #of(chain: string): string[] {
    let found = this.agreed.get(chain);
    if (!found) this.agreed.set(chain, (found = []));
    return found;
  }

  #agree(chain: string, height: number, hash: string): void {
    const agreed = this.#of(chain);
    if (agreed[height] !== undefined) same(agreed[height], hash, `${chain}, height ${height}`);
    check(height <= agreed.length, `no hole below height ${height} of ${chain}`);
    agreed[height] = hash;
  }
}
