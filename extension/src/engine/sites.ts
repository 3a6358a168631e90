// Which sites are connected, and which chains each of them sees. Nothing is implied: a site sees
// the chains that the person gave it and no other.
import type { SiteState } from '@mica/wallet-contract/api';
import type { Emitter } from '../shared/emitter.ts';
import type { SessionEvents } from './events.ts';
import type { Outside } from './outside.ts';
import type { Records } from './records.ts';

export class Sites {
  private readonly sites = new Map<string, SiteState>();

  constructor(
    private readonly records: Records,
    private readonly outside: Pick<Outside, 'clock'>,
    private readonly events: Emitter<SessionEvents>,
  ) {}

  async load(): Promise<void> {
    for (const [, site] of await this.records.list<SiteState>('site/')) {
      this.sites.set(site.origin, site);
    }
  }

  list(): SiteState[] {
    return [...this.sites.values()].sort((a, b) => a.origin.localeCompare(b.origin));
  }

  chainsOf(origin: string): string[] {
    return this.sites.get(origin)?.chainIds ?? [];
  }

  maySee(origin: string, chainId: string): boolean {
    return this.chainsOf(origin).includes(chainId);
  }

  async grant(origin: string, chainIds: string[]): Promise<void> {
    const now = this.outside.clock.now();
    const connectedAt = this.sites.get(origin)?.connectedAt ?? now;
    const site = { origin, chainIds: [...new Set(chainIds)], connectedAt, lastUsedAt: now };
    this.sites.set(origin, site);
    await this.records.put(`site/${origin}`, site);
    this.events.emit('sites');
  }

  /** When it was last used matters to people, not to the store: kept with the next grant. */
  touch(origin: string): void {
    const site = this.sites.get(origin);
    if (site) site.lastUsedAt = this.outside.clock.now();
  }

  /** It sees nothing from now on; what could not be stored fails, and can be tried again. */
  async revoke(origin: string): Promise<void> {
    const site = this.sites.get(origin);
    if (!site) return;
    site.chainIds = [];
    await this.records.remove(`site/${origin}`).finally(() => this.events.emit('sites'));
    if (this.sites.get(origin) === site) this.sites.delete(origin);
  }
}
