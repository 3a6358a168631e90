// Which chains the wallet follows on one network, and under which names: in the extension's own
// storage, beside networks and settings, so that a store that was lost can be filled again.
import type { Outside } from './outside.ts';

export interface ChainRecord {
  chainId: string;
  owner: string | null;
  label: string;
  isDefault: boolean;
  /** Milliseconds since 1970. */
  addedAt: number;
  /** Noted here before any store of this network had it. */
  unfetched?: boolean;
}

const keyOf = (genesisHash: string) => `chains/${genesisHash}`;

interface NamedNetwork {
  name: string;
  genesisHash: string | null;
}

/** Into the book of a network that is not open: fetched when it is. What is there stays. */
export async function noteChain(
  outside: Pick<Outside, 'load' | 'save' | 'clock'>,
  genesisHash: string,
  { chainId, owner, label }: Pick<ChainRecord, 'chainId' | 'owner' | 'label'>,
): Promise<void> {
  const book = await ChainBook.load(outside, genesisHash);
  if (book.get(chainId)) return;
  const name = label || `Chain ${book.list().length + 1}`;
  const more = { isDefault: false, addedAt: outside.clock.now(), unfetched: true };
  await book.put({ chainId, owner, label: name, ...more });
}

/** Which of these networks has that chain in its book. */
export async function networkWith(
  outside: Pick<Outside, 'load'>,
  networks: readonly NamedNetwork[],
  chainId: string,
): Promise<NamedNetwork | null> {
  for (const network of networks) {
    if (network.genesisHash === null) continue;
    const chains = (await outside.load<ChainRecord[]>(keyOf(network.genesisHash))) ?? [];
    if (chains.some((chain) => chain.chainId === chainId)) return network;
  }
  return null;
}

/** The books of all networks; `keepFollowed`: without what somebody here owned. */
export async function forgetBooks(
  outside: Pick<Outside, 'load' | 'save' | 'keys'>,
  keepFollowed: boolean,
): Promise<void> {
  for (const key of await outside.keys(keyOf(''))) {
    const chains = (keepFollowed && (await outside.load<ChainRecord[]>(key))) || [];
    const kept = chains.filter(({ owner }) => owner === null);
    const unfetched = kept.map((chain) => ({ ...chain, isDefault: false, unfetched: true }));
    await outside.save(key, kept.length > 0 ? unfetched : null);
  }
}

export class ChainBook {
  private readonly chains = new Map<string, ChainRecord>();

  private constructor(
    private readonly outside: Pick<Outside, 'load' | 'save'>,
    private readonly key: string,
  ) {}

  static async load(
    outside: Pick<Outside, 'load' | 'save'>,
    genesisHash: string,
  ): Promise<ChainBook> {
    const book = new ChainBook(outside, keyOf(genesisHash));
    for (const chain of (await outside.load<ChainRecord[]>(book.key)) ?? []) {
      book.chains.set(chain.chainId, chain);
    }
    return book;
  }

  get(chainId: string): ChainRecord | undefined {
    return this.chains.get(chainId);
  }
  list(): ChainRecord[] {
    return [...this.chains.values()];
  }

  /** Stored at once, however many. */
  async put(...chains: ChainRecord[]): Promise<void> {
    for (const chain of chains) this.chains.set(chain.chainId, chain);
    if (chains.length > 0) await this.store();
  }
  async remove(chainId: string): Promise<void> {
    if (this.chains.delete(chainId)) await this.store();
  }
  setDefault(chainId: string): Promise<void> {
    return this.put(
      ...this.list().map((chain) => ({ ...chain, isDefault: chain.chainId === chainId })),
    );
  }

  private store(): Promise<void> {
    return this.outside.save(this.key, this.list());
  }
}
