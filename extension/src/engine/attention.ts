// Which requests of pages raise the approval window: new ones, once, of a page in which the person
// has just done something. After a no a site raises none for a while, for longer each time. What
// raises no window waits all the same, behind the badge.
import {
  COOL_DOWN_FIRST_MS,
  COOL_DOWN_FORGOTTEN_MS,
  COOL_DOWN_LONGEST_MS,
  COOL_DOWN_SECOND_MS,
  MAX_COOL_DOWNS,
} from '@mica/bindings/limits';
import { WakeUps } from '@mica/bindings/wake';
import type { Outside } from './outside.ts';

/** After one no, two, and more. */
export const COOL_DOWNS_MS = [
  COOL_DOWN_FIRST_MS,
  COOL_DOWN_SECOND_MS,
  COOL_DOWN_LONGEST_MS,
] as const;
/** How long effects may take before the window opens without them. */
const OPEN_ANYWAY_AFTER_MS = 700;

interface Refusals {
  count: number;
  at: number;
}

export class Attention {
  private readonly refusals = new Map<string, Refusals>();
  /** Approvals that may raise a window; true: they have. */
  private readonly raising = new Map<string, boolean>();
  private readonly late: WakeUps<string>;

  constructor(private readonly outside: Pick<Outside, 'clock' | 'openApprovalWindow'>) {
    this.late = new WakeUps(outside.clock);
  }

  raise(approvalId: string): void {
    this.late.stop(approvalId);
    this.raising.set(approvalId, true);
    this.outside.openApprovalWindow();
  }

  /** When its effects are there, or take long. */
  raiseWhenReady(approvalId: string): void {
    this.raising.set(approvalId, false);
    this.late.in(approvalId, OPEN_ANYWAY_AFTER_MS, () => this.ready(approvalId));
  }

  ready(approvalId: string): void {
    if (this.raising.get(approvalId) === false) this.raise(approvalId);
  }
  over(approvalId: string): void {
    this.late.stop(approvalId);
    this.raising.delete(approvalId);
  }
  hasRaised(approvalId: string): boolean {
    return this.raising.get(approvalId) ?? false;
  }

  /** Several at one time are one no. */
  refused(origin: string): void {
    if (this.isCooling(origin)) return;
    const count = (this.recent(origin)?.count ?? 0) + 1;
    this.refusals.delete(origin);
    this.refusals.set(origin, { count, at: this.outside.clock.now() });
    for (const oldest of this.refusals.keys()) {
      if (this.refusals.size <= MAX_COOL_DOWNS) break;
      this.refusals.delete(oldest);
    }
  }

  agreed(origin: string): void {
    this.refusals.delete(origin);
  }

  isCooling(origin: string): boolean {
    const before = this.recent(origin);
    if (!before) return false;
    const step = Math.min(before.count, COOL_DOWNS_MS.length) - 1;
    return this.outside.clock.now() < before.at + (COOL_DOWNS_MS[step] ?? 0);
  }

  private recent(origin: string): Refusals | undefined {
    const before = this.refusals.get(origin);
    return before && this.outside.clock.now() < before.at + COOL_DOWN_FORGOTTEN_MS
      ? before
      : undefined;
  }
}
