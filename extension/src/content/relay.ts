// Carries a page's requests to the service worker and answers back. The service worker may be
// stopped at any moment: what was not taken is sent again by the same id, and what was taken is
// asked for again when the engine says that it has started anew. After an update of the extension
// this script is cut off for good: everything is answered at once.
import { providerError, type ProviderError } from '@mica/provider';
import type { Relayed } from '../doors/page.ts';

export interface RelayWorld {
  send(message: Relayed): Promise<unknown>;
  toPage(text: string): void;
  later(ms: number, run: () => void): void;
  /** The person has just clicked or typed in this page. */
  isActivated(): boolean;
  /** False once the extension that put this script here is gone. */
  isConnected(): boolean;
}

const LOOK_EVERY_MS = 1000;
const gone = () =>
  providerError('disconnected', 'NoWallet', 'The wallet was updated or removed: reload the page.');
const silent = () => providerError('disconnected', 'NoWallet', 'The wallet does not answer.');

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5000;
const GIVE_UP_AFTER = 12;

interface Parsed {
  kind?: unknown;
  id?: unknown;
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
  private readonly heard = new Set<string>();
  private attached = false;
  private gone = false;
  private looking = false;

  constructor(private readonly world: RelayWorld) {}

  /** Whether the wallet knows of this document. */
  get isUsed(): boolean {
    return this.attached || this.open.size > 0;
  }

  fromPage(text: string): void {
    const { kind, id } = parse(text);
    const activated = this.world.isActivated();
    if (kind === 'attach') {
      this.attached = true;
      this.send({ text, activated }, null);
    } else if (kind === 'request' && typeof id === 'string') {
      this.open.set(id, text);
      this.send({ text, activated }, id);
    }
    this.look();
  }

  // Nobody tells a script that it was cut off.
  private look(): void {
    if (this.looking || !this.isUsed || this.isGone()) return;
    this.looking = true;
    this.world.later(LOOK_EVERY_MS, () => {
      this.looking = false;
      this.look();
    });
  }

  private isGone(): boolean {
    if (this.gone || this.world.isConnected()) return this.gone;
    this.gone = true;
    const value = asJson(gone());
    this.world.toPage(JSON.stringify({ kind: 'event', event: 'disconnect', value }));
    for (const id of [...this.open.keys()]) this.fail(id, gone());
    return true;
  }

  fromWorker(text: string): void {
    const { kind, id, said } = parse(text);
    if (kind === 'attach') return this.again();
    if (kind === 'here?') return;
    if (typeof said === 'string' && this.heardBefore(said)) return;
    // A request that was sent again may be answered twice.
    if (kind === 'answer' && typeof id === 'string' && !this.open.delete(id)) return;
    this.world.toPage(text);
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

  /** The engine has started anew, or the page was left and is back: the wallet forgot it. */
  again(): void {
    if (this.attached) this.send({ text: '{"kind":"attach"}', activated: false }, null);
    for (const [id, text] of this.open) this.send({ text, activated: false }, id);
  }

  private send(message: Relayed, id: string | null): void {
    if (this.isGone()) this.fail(id, gone());
    else void this.deliver(message, id, 0);
  }

  private async deliver(message: Relayed, id: string | null, tries: number): Promise<void> {
    const isOver = () => id !== null && this.open.get(id) !== message.text;
    if (isOver()) return;
    let answer: { taken?: boolean; refused?: string } = {};
    try {
      answer = parse(String(await this.world.send(message))) as typeof answer;
    } catch {
      // The service worker stopped in the middle, or the extension is gone.
    }
    // The page's answer may have come before this one.
    if (answer.taken || this.isGone() || isOver()) return;
    if (answer.refused !== undefined) {
      return this.fail(id, providerError('invalidRequest', 'Refused', answer.refused));
    }
    if (tries >= GIVE_UP_AFTER) return this.fail(id, silent());
    const wait = Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS);
    this.world.later(wait, () => void this.deliver(message, id, tries + 1));
  }

  private fail(id: string | null, refused: ProviderError): void {
    if (id === null || !this.open.delete(id)) return;
    const error = asJson(refused);
    this.world.toPage(JSON.stringify({ kind: 'answer', id, error }));
  }
}
