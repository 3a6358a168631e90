// The networks in the wallet's list, and which of them is chosen.
import { WalletError, type NetworkEntry, type WalletState } from '@mica/wallet-contract/api';
import type { Emitter } from '../shared/emitter.ts';
import { defaultNetworks } from './default_networks.ts';
import type { ServiceEvents } from './events.ts';
import type { Outside, StoredNetwork } from './outside.ts';

type Busy = NonNullable<WalletState['busyNetwork']>;

export class Networks {
  private all = defaultNetworks;
  private chosen = 'local';
  private doing: Busy | null = null;

  constructor(
    private readonly storage: Pick<Outside, 'load' | 'save'>,
    private readonly events: Emitter<ServiceEvents>,
  ) {}

  async load(): Promise<void> {
    this.all = (await this.storage.load<StoredNetwork[]>('networks')) ?? defaultNetworks;
    this.chosen = (await this.storage.load<string>('network')) ?? this.chosen;
  }

  get list(): readonly StoredNetwork[] {
    return this.all;
  }
  get busy(): Busy | null {
    return this.doing;
  }

  current(): StoredNetwork {
    const found = this.find(this.chosen) ?? this.all[0];
    if (!found) throw new WalletError({ code: 'NoNetwork', message: 'There is no network.' });
    return found;
  }
  find(id: string): StoredNetwork | undefined {
    return this.all.find((one) => one.id === id);
  }
  isChosen(id: string): boolean {
    return this.chosen === id;
  }

  async choose(id: string): Promise<void> {
    this.chosen = id;
    await this.storage.save('network', id);
  }

  async add(network: StoredNetwork): Promise<void> {
    await this.save([...this.all, network]);
  }
  /** In place of the one with its id. */
  async replace(network: StoredNetwork): Promise<void> {
    await this.save(this.all.map((one) => (one.id === network.id ? network : one)));
  }
  async remove(id: string): Promise<void> {
    await this.save(this.all.filter((one) => one.id !== id));
  }
  private async save(all: StoredNetwork[]): Promise<void> {
    this.all = all;
    await this.storage.save('networks', all);
    this.events.emit('changed');
  }

  /** Windows show it for as long as it takes. */
  async whileBusy<T>(doing: Busy, act: () => Promise<T>): Promise<T> {
    this.doing = doing;
    this.events.emit('changed');
    try {
      return await act();
    } finally {
      if (this.doing === doing) this.doing = null;
      this.events.emit('changed');
    }
  }
}

const forTrying: ReadonlySet<string> = new Set(defaultNetworks.map(({ id }) => id));

/** Without what windows need not know. */
export const entryOf = ({ id, name, faucetUrl, genesisHash }: NetworkEntry): NetworkEntry => ({
  id,
  name,
  faucetUrl,
  genesisHash,
  testMoney: forTrying.has(id),
});
