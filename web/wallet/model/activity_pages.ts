// A chain's activity, newest first, page by page down to its first block.
import type { ActivityEntry } from '@mica/wallet-contract/api';

type ReadActivity = (page: { below?: bigint; limit: number }) => Promise<ActivityEntry[]>;

export class ActivityPages {
  /** Newest first, without gaps. */
  entries: ActivityEntry[] = [];
  /** The first block is among them. */
  complete = false;

  constructor(
    private readonly read: ReadActivity,
    private readonly size: number,
  ) {}

  /** The newest page, and on down to what was read before. */
  async newest(): Promise<void> {
    const top = this.entries[0]?.height;
    const fresh = await this.page();
    let last = fresh.at(-1);
    while (top !== undefined && last && last.height > top) {
      const page = await this.page(last.height);
      if (page.length === 0) break;
      fresh.push(...page);
      last = page.at(-1);
    }
    const lowest = last?.height ?? 0n;
    this.entries = [...fresh, ...this.entries.filter(({ height }) => height < lowest)];
  }

  async older(): Promise<void> {
    const last = this.entries.at(-1);
    if (!last) return;
    const page = await this.page(last.height);
    this.entries = [...this.entries.filter(({ height }) => height >= last.height), ...page];
  }

  private async page(below?: bigint): Promise<ActivityEntry[]> {
    const page = await this.read({ limit: this.size, ...(below !== undefined && { below }) });
    if (page.length < this.size || page.at(-1)?.height === 0n) this.complete = true;
    return page;
  }
}
