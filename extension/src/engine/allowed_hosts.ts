// Hosts outside that applications may have asked: the person's own list. The browser has another
// one, which a person can change without the wallet; what is not on both is not asked. A leave is
// for the applications of one network: on another, others say who may be asked what.
import { MAX_ALLOWED_HOSTS } from '@mica/bindings/limits';
import type { HostState } from '@mica/wallet-contract/api';
import type { Outside } from './outside.ts';

const KEY = 'hosts';

export class AllowedHosts {
  /** Oldest first. */
  private hosts: HostState[] = [];

  constructor(private readonly outside: Pick<Outside, 'load' | 'save' | 'clock' | 'dropHost'>) {}

  async load(): Promise<void> {
    this.hosts = (await this.outside.load<HostState[]>(KEY)) ?? [];
  }

  has(network: string, origin: string): boolean {
    return this.hosts.some((one) => one.origin === origin && one.network === network);
  }
  /** Newest first. */
  list(): HostState[] {
    return [...this.hosts].reverse();
  }

  /** At once; stored when it resolves. */
  add(network: string, origin: string): Promise<void> {
    const added = { network, origin, allowedAt: this.outside.clock.now() };
    return this.keep([...this.without(network, origin), added]);
  }
  remove(network: string, origin: string): Promise<void> {
    return this.keep(this.without(network, origin));
  }
  clear(): Promise<void> {
    return this.keep([]);
  }

  private without(network: string, origin: string): HostState[] {
    return this.hosts.filter((one) => one.origin !== origin || one.network !== network);
  }

  // The browser gives up its leave with the last of ours.
  private async keep(all: HostState[]): Promise<void> {
    const before = this.hosts;
    this.hosts = all.slice(-MAX_ALLOWED_HOSTS);
    const kept = new Set(this.hosts.map(({ origin }) => origin));
    const gone = new Set(before.map(({ origin }) => origin).filter((one) => !kept.has(one)));
    for (const origin of gone) this.outside.dropHost(origin);
    await this.outside.save(KEY, this.hosts);
  }
}
