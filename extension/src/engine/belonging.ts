// Whose wallet the stored chains, names, requests and sites, also the blocked ones, are. When the
// vault holds another one, or none, they are deleted: nobody is shown, or pays to, a chain whose
// key is gone.
import { backoff, WakeUp } from '@mica/bindings/wake';
import { SerialQueue } from '../shared/serial_queue.ts';
import type { Base } from './base.ts';
import { forgetBooks } from './chain_book.ts';
import type { Notices } from './notices.ts';
import type { Opening } from './opening.ts';

const KEY = 'wallet';
const NOBODY = 'none';
const againAfterMs = backoff(2000, 60_000);

export class Belonging {
  private readonly turn = new SerialQueue();
  private readonly again: WakeUp;
  private tries = 0;
  private said: { wallet: string | null; keepFollowed: boolean } = {
    wallet: null,
    keepFollowed: false,
  };

  constructor(
    private readonly base: Base,
    private readonly opening: Pick<Opening, 'open' | 'closeForgotten'>,
    private readonly notices: Pick<Notices, 'seen'>,
  ) {
    this.again = new WakeUp(base.outside.clock, () => void this.settleAll());
  }

  /** The vault says which wallet it holds. Never rejects: what fails is tried again. */
  of(wallet: string | null, keepFollowed: boolean): Promise<void> {
    this.said = { wallet, keepFollowed };
    this.again.stop();
    this.tries = 0;
    return this.settleAll();
  }

  private settleAll(): Promise<void> {
    return this.turn
      .run(() => this.settle())
      .catch((error: unknown) => {
        console.warn('mica: what another wallet left could not be deleted yet:', error);
        this.again.in(againAfterMs(this.tries));
        this.tries += 1;
      });
  }

  private async settle(): Promise<void> {
    const { outside } = this.base;
    const { wallet, keepFollowed } = this.said;
    const now = wallet ?? NOBODY;
    const stored = await outside.load<string>(KEY);
    if (stored === now) return;
    // A first wallet; or nobody noted so far whose all this is.
    const adopts = stored === null || (stored === NOBODY && wallet !== null);
    if (!adopts) await this.forget(keepFollowed);
    await outside.save(KEY, now);
    if (!adopts) await this.opening.open();
  }

  private async forget(keepFollowed: boolean): Promise<void> {
    const { outside, stored, events } = this.base;
    this.notices.seen();
    // What is read later would be there again.
    await stored.load();
    await this.opening.closeForgotten();
    await stored.clear();
    events.emit('changed');
    await forgetBooks(outside, keepFollowed);
    await outside.deleteStores();
  }
}
