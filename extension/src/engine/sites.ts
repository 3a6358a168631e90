// Which sites are connected, and which chains each of them sees. Nothing is implied: a site sees
// the chains that the person gave it and no other.
import type { SiteState } from '@mica/wallet-contract/api';
import type { Emitter } from '../shared/emitter.ts';
import type { SessionEvents } from './events.ts';
import type { Outside } from './outside.ts';
import type { Records } from './records.ts';

/** Versions before knew of no others. */
type StoredSite = Omit<SiteState, 'readsOthers'> & Partial<SiteState>;

export class Sites {
  private readonly sites = new Map<string, SiteState>();

  constructor(
    private readonly records: Records,
    private readonly outside: Pick<Outside, 'clock'>,
    private readonly events: Emitter<SessionEvents>,
  ) {}

  async load(): Promise<void> {
    for (const [, site] of await this.records.list<StoredSite>('site/')) {
      this.sites.set(site.origin, { ...site, readsOthers: site.readsOthers ?? false });
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

  /** Chains that are not in this wallet, and what everybody may know of those that are. */
  readsOthers(origin: string): boolean {
    return this.sites.get(origin)?.readsOthers ?? false;
  }

  async grant(
    origin: string,
    chainIds: string[],
    readsOthers = this.readsOthers(origin),
  ): Promise<void> {
    const now = this.outside.clock.now();
    const connectedAt = this.sites.get(origin)?.connectedAt ?? now;
    const sees = { chainIds: [...new Set(chainIds)], readsOthers };
    const site = { origin, ...sees, connectedAt, lastUsedAt: now };
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
    Object.assign(site, { chainIds: [], readsOthers: false });
    await this.records.remove(`site/${origin}`).finally(() => this.events.emit('sites'));
    if (this.sites.get(origin) === site) this.sites.delete(origin);
  }
}
