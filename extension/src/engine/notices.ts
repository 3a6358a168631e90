// What the person is told outside of the wallet's windows: the browser's notices, and the badge.
import { NOTICE_EVERY_MS } from '@mica/bindings/limits';
import { WakeUp } from '@mica/bindings/wake';
import type { Badge, Notice } from '../shared/said.ts';
import type { Base } from './base.ts';
import type { Session } from './session.ts';
import type { Windows } from './windows.ts';

export class Notices {
  /** Credits that came since a window was last open. */
  private unseen = 0;
  /** What came in and was not told yet. */
  private untold = 0n;
  private quietUntil = 0;
  private readonly later: WakeUp;

  constructor(
    private readonly base: Base,
    private readonly windows: Pick<Windows, 'isLookedAt'>,
  ) {
    this.later = new WakeUp(base.outside.clock, () => this.tellOfMoney());
  }

  /** The first is told at once; what follows soon, which anybody can send, together. */
  cameIn(amount: bigint): void {
    if (!this.windows.isLookedAt()) this.unseen += 1;
    this.untold += amount;
    if (this.base.outside.clock.now() < this.quietUntil) this.later.at(this.quietUntil);
    else this.tellOfMoney();
  }

  private tellOfMoney(): void {
    this.quietUntil = this.base.outside.clock.now() + NOTICE_EVERY_MS;
    const amount = this.untold;
    this.untold = 0n;
    this.notify({ id: this.base.vault.isUnlocked ? 'moneyCame' : 'moneyWaits', amount });
  }

  storeLost(): void {
    this.notify({ id: 'storeLost' });
  }

  private notify(notice: Notice): void {
    const { outside, stored } = this.base;
    const { notifications, language } = stored.settings.current;
    if (notifications) outside.notify(notice, language);
  }

  /** True if there was something that had not been seen. */
  seen(): boolean {
    const had = this.unseen > 0;
    this.unseen = 0;
    return had;
  }

  badge(session: Session | null): Badge {
    const waiting = session?.approvals.summaries().length ?? 0;
    if (waiting > 0) return { text: `${waiting}`, says: 'asks' };
    const chains = session?.chains.values() ?? [];
    const incoming = chains.reduce((sum, chain) => sum + chain.incomingCount, 0);
    if (!this.base.vault.isUnlocked && incoming > 0) {
      return { text: `${incoming}`, says: 'waits' };
    }
    if (this.unseen > 0) return { text: `+${this.unseen}`, says: 'came' };
    return { text: '', says: 'quiet' };
  }
}
