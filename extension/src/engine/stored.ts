// What the wallet keeps in the extension's own storage, beside the stores of its networks.
import type { Aborts } from '../background/restarts.ts';
import type { Emitter } from '../shared/emitter.ts';
import { AllowedHosts } from './allowed_hosts.ts';
import { BlockedSites } from './blocked_sites.ts';
import type { ServiceEvents } from './events.ts';
import { Networks } from './networks.ts';
import type { Outside } from './outside.ts';
import { Requests } from './requests.ts';
import { PersonSettings } from './settings.ts';

export class Stored {
  readonly settings: PersonSettings;
  readonly networks: Networks;
  readonly blocked: BlockedSites;
  readonly hosts: AllowedHosts;
  readonly requests: Requests;
  /** Of engines before this one. */
  aborts: Aborts = { validators: [], origins: [] };
  private loading: Promise<void> | null = null;

  constructor(
    private readonly outside: Pick<Outside, 'load' | 'save' | 'clock' | 'dropHost'>,
    events: Emitter<ServiceEvents>,
  ) {
    this.settings = new PersonSettings(outside);
    this.networks = new Networks(outside, events);
    this.blocked = new BlockedSites(outside);
    this.hosts = new AllowedHosts(outside);
    this.requests = new Requests(outside);
  }

  /** Once: whoever comes first reads it. */
  load(): Promise<void> {
    this.loading ??= this.read().catch((error: unknown) => {
      this.loading = null;
      throw error;
    });
    return this.loading;
  }

  private async read(): Promise<void> {
    await this.settings.load();
    this.aborts = (await this.outside.load<Aborts>('aborts')) ?? this.aborts;
    await this.networks.load();
    await this.blocked.load();
    await this.hosts.load();
    await this.requests.load();
  }

  /** Those that the engines before aborted on are over. */
  async forgetBlamed(): Promise<void> {
    this.aborts = { ...this.aborts, origins: [] };
    await this.outside.save('aborts', this.aborts);
  }

  /** The wallet is gone. */
  async clear(): Promise<void> {
    await this.requests.clear();
    await this.blocked.clear();
    await this.hosts.clear();
  }
}
