// Sites that the person has blocked: kept with the wallet, for all its networks.
import { MAX_BLOCKED } from '@mica/bindings/limits';
import type { Outside } from './outside.ts';

const KEY = 'blocked';

export class BlockedSites {
  /** Oldest first. */
  private origins = new Set<string>();

  constructor(private readonly storage: Pick<Outside, 'load' | 'save'>) {}

  async load(): Promise<void> {
    this.origins = new Set(await this.storage.load<string[]>(KEY));
  }

  has(origin: string): boolean {
    return this.origins.has(origin);
  }
  list(): string[] {
    return [...this.origins].sort();
  }

  /** At once; stored when it resolves. The oldest goes for one too many. */
  add(origin: string): Promise<void> {
    const others = [...this.origins].filter((one) => one !== origin);
    this.origins = new Set([...others, origin].slice(-MAX_BLOCKED));
    return this.save();
  }
  remove(origin: string): Promise<void> {
    this.origins.delete(origin);
    return this.save();
  }
  clear(): Promise<void> {
    this.origins.clear();
    return this.save();
  }

  private save(): Promise<void> {
    return this.storage.save(KEY, [...this.origins]);
  }
}
