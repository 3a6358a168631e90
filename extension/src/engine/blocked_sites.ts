// Sites that the person has blocked: kept with the wallet, for all its networks.
import { MAX_BLOCKED } from '@mica/bindings/limits';
import type { SiteState } from '@mica/wallet-contract/api';
import type { Outside } from './outside.ts';

const KEY = 'blocked';
const ENDED_KEY = 'blocked/ended';

export class BlockedSites {
  /** Oldest first. */
  private origins = new Set<string>();
  /**
   * When each was blocked last, also those that are not any more: its connections of before, on
   * whatever network, are over. Oldest first.
   */
  private ended = new Map<string, number>();

  constructor(private readonly storage: Pick<Outside, 'load' | 'save'>) {}

  async load(): Promise<void> {
    this.origins = new Set(await this.storage.load<string[]>(KEY));
    this.ended = new Map(await this.storage.load<[string, number][]>(ENDED_KEY));
  }

  has(origin: string): boolean {
    return this.origins.has(origin);
  }
  list(): string[] {
    return [...this.origins].sort();
  }

  /** Whether a connection that a network has stored is over. */
  ends({ origin, connectedAt }: SiteState): boolean {
    return this.has(origin) || connectedAt <= (this.ended.get(origin) ?? -1);
  }

  /** At once; stored when it resolves. The oldest goes for one too many. */
  add(origin: string, now: number): Promise<void> {
    const others = [...this.origins].filter((one) => one !== origin);
    this.origins = new Set([...others, origin].slice(-MAX_BLOCKED));
    this.ended.delete(origin);
    this.ended = new Map([...this.ended, [origin, now] as const].slice(-MAX_BLOCKED));
    return this.save();
  }
  remove(origin: string): Promise<void> {
    this.origins.delete(origin);
    return this.save();
  }
  clear(): Promise<void> {
    this.origins.clear();
    this.ended.clear();
    return this.save();
  }

  private async save(): Promise<void> {
    await this.storage.save(KEY, [...this.origins]);
    await this.storage.save(ENDED_KEY, [...this.ended]);
  }
}
