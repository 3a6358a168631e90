// Carries a page's requests to the service worker and answers back. The service worker may be
// stopped at any moment: what was not taken is sent again by the same id, and what was taken is
// asked for again when the engine says that it has started anew. After an update of the extension
// this script is cut off for good: it hears that from a line to the wallet, which ends then, and
// everything is answered at once.
import { providerError, type ProviderError } from '@mica/provider';
import { backoff, wakeIn, WakeUp, type Clock } from '@mica/bindings/wake';
import type { Relayed } from '../doors/page.ts';

interface RelayOutside {
  send(message: Relayed): Promise<unknown>;
  toPage(text: string): void;
  clock: Clock;
  /** Opens a line to the wallet; `lost` when it has ended, and no other was opened. */
  watch(lost: () => void): void;
  /** The person has just clicked or typed in this page. */
  isActivated(): boolean;
  /** False once the extension that put this script here is gone. */
  isConnected(): boolean;
}

const gone = () =>
  providerError('disconnected', 'NoWallet', 'The wallet was updated or removed: reload the page.');
const silent = () => providerError('disconnected', 'NoWallet', 'The wallet does not answer.');

/** A message to an extension that goes in that moment is never answered. */
const ANSWER_WITHIN_MS = 5000;
const LONGEST_WAIT_MS = 5000;
const waitMs = backoff(100, LONGEST_WAIT_MS);
/** The browser cuts a script off a moment after its line has ended. */
const cutOffAfterMs = backoff(200, LONGEST_WAIT_MS);
const GIVE_UP_AFTER = 12;

interface Parsed {
  kind?: unknown;
  id?: unknown;
  method?: unknown;
  params?: unknown;
  error?: unknown;
  event?: unknown;
  /** Names the message: what comes twice is passed on once. */
  said?: unknown;
}
/** More than can be said again by the time it is. */
const KEPT = 200;

function parse(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

const asJson = ({ code, message, data }: ProviderError) => ({ code, message, data });

export class Relay {
  private readonly open = new Map<string, string>();
  /** Requests that were answered by a subscription, which a new engine does not know. */
  private readonly subscribed = new Map<string, string>();
  private readonly heard = new Set<string>();
  private attached = false;
  private gone = false;
  private watching = false;
  /** Lines that ended since the wallet was heard. */
  private losses = 0;
  private readonly cutOff: WakeUp;

  constructor(private readonly outside: RelayOutside) {
    this.cutOff = new WakeUp(outside.clock, () => void (this.isGone() || this.again()));
  }

  /** Whether the wallet knows of this document. */
  get isUsed(): boolean {
    return this.attached || this.open.size > 0 || this.subscribed.size > 0;
  }

  fromPage(text: string): void {
    const { kind, id } = parse(text);
    const activated = this.outside.isActivated();
    if (kind === 'attach') {
      this.attached = true;
      this.send({ text, activated }, null);
    } else if (kind === 'request' && typeof id === 'string') {
      this.open.set(id, text);
      this.send({ text, activated }, id);
    }
  }

  // Only what the wallet has taken is watched: then the line has another end.
  private watch(): void {
    if (this.watching || !this.isUsed) return;
    this.watching = true;
    this.outside.watch(() => {
      this.watching = false;
      this.cutOff.in(cutOffAfterMs(this.losses));
      this.losses += 1;
    });
  }

  private isGone(): boolean {
    if (this.gone || this.outside.isConnected()) return this.gone;
    this.gone = true;
    this.cutOff.stop();
    const value = asJson(gone());
    this.outside.toPage(JSON.stringify({ kind: 'event', event: 'disconnect', value }));
    for (const id of [...this.open.keys()]) this.fail(id, gone());
    return true;
  }

  fromWorker(text: string): void {
    const { kind, id, said, error, event } = parse(text);
    this.losses = 0;
    if (kind === 'attach') return this.again();
    if (typeof said === 'string' && this.heardBefore(said)) return;
    // A request that was sent again may be answered twice.
    // The network is closed, and with it all that was subscribed.
    if (event === 'disconnect') this.subscribed.clear();
    if (kind === 'answer' && typeof id === 'string' && !this.answered(id, error)) return;
    this.outside.toPage(text);
  }

  // False: the page has its answer, or did not ask.
  private answered(id: string, error: unknown): boolean {
    const asked = this.open.get(id);
    if (asked === undefined) {
      if (error) this.subscribed.delete(id);
      return false;
    }
    this.open.delete(id);
    const { method, params } = parse(asked);
    if (!error && method === 'linera_subscribe') this.subscribed.set(id, asked);
    if (!error && method === 'linera_unsubscribe') {
      const [its] = [params].flat() as { subscription: string }[];
      if (its) this.subscribed.delete(its.subscription);
    }
    const ends = method === 'linera_disconnect' || method === 'wallet_revokePermissions';
    if (!error && ends) this.subscribed.clear();
    return true;
  }

  private heardBefore(said: string): boolean {
    if (this.heard.has(said)) return true;
    this.heard.add(said);
    for (const oldest of this.heard) {
      if (this.heard.size <= KEPT) break;
      this.heard.delete(oldest);
    }
    return false;
  }

  /** The page was left and is back: the browser has ended its line. */
  back(): void {
    this.watching = false;
    this.again();
  }

  /** The engine has started anew, or the page was left and is back: the wallet forgot it. */
  again(): void {
    if (this.attached) this.send({ text: '{"kind":"attach"}', activated: false }, null);
    for (const text of this.subscribed.values()) this.send({ text, activated: false }, null);
    for (const [id, text] of this.open) this.send({ text, activated: false }, id);
  }

  private send(message: Relayed, id: string | null): void {
    if (this.isGone()) this.fail(id, gone());
    else void this.deliver(message, id, 0);
  }

  private async deliver(message: Relayed, id: string | null, tries: number): Promise<void> {
    const isOver = () => id !== null && this.open.get(id) !== message.text;
    if (this.isGone() || isOver()) return;
    const answer = await this.answerTo(message);
    if (this.isGone()) return;
    if (answer.taken) this.watch();
    // The page's answer may have come before this one.
    if (answer.taken || isOver()) return;
    if (answer.refused !== undefined) {
      return this.fail(id, providerError('invalidRequest', 'Refused', answer.refused));
    }
    if (tries >= GIVE_UP_AFTER) return this.fail(id, silent());
    wakeIn(waitMs(tries), () => void this.deliver(message, id, tries + 1), this.outside.clock);
  }

  // Nothing in it: the service worker stopped in the middle, or the extension is gone.
  private answerTo(message: Relayed): Promise<{ taken?: boolean; refused?: string }> {
    return new Promise((resolve) => {
      const late = wakeIn(ANSWER_WITHIN_MS, () => resolve({}), this.outside.clock);
      const answered = (text: unknown) => {
        late();
        const said = parse(typeof text === 'string' ? text : '');
        resolve(said as { taken?: boolean; refused?: string });
      };
      // Also what throws at once.
      const sent = (async () => this.outside.send(message))();
      sent.then(answered, () => answered(''));
    });
  }

  private fail(id: string | null, refused: ProviderError): void {
    if (id === null || !this.open.delete(id)) return;
    const error = asJson(refused);
    this.outside.toPage(JSON.stringify({ kind: 'answer', id, error }));
  }
}
