// Carries a page's requests to the service worker and answers back. The service worker may be
// stopped at any moment: what was not taken is sent again by the same id, and what was taken is
// asked for again when the engine says that it has started anew.

export interface RelayWorld {
  send(text: string): Promise<unknown>;
  toPage(text: string): void;
  later(ms: number, run: () => void): void;
}

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

export class Relay {
  private readonly open = new Map<string, string>();
  private readonly heard = new Set<string>();
  private attached = false;

  constructor(private readonly world: RelayWorld) {}

  fromPage(text: string): void {
    const { kind, id } = parse(text);
    if (kind === 'attach') {
      this.attached = true;
      void this.send(text, null);
    } else if (kind === 'request' && typeof id === 'string') {
      this.open.set(id, text);
      void this.send(text, id);
    }
  }

  fromWorker(text: string): void {
    const { kind, id, said } = parse(text);
    if (kind === 'attach') return this.again();
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

  // The engine has started anew: it does not know this page any more.
  private again(): void {
    if (this.attached) void this.send('{"kind":"attach"}', null);
    for (const [id, text] of this.open) void this.send(text, id);
  }

  private async send(text: string, id: string | null, tries = 0): Promise<void> {
    const isOver = () => id !== null && this.open.get(id) !== text;
    if (isOver()) return;
    let answer: { taken?: boolean; refused?: string } = {};
    try {
      answer = parse(String(await this.world.send(text))) as typeof answer;
    } catch {
      // The service worker stopped in the middle, or the extension is being updated.
    }
    // The page's answer may have come before this one.
    if (answer.taken || isOver()) return;
    if (answer.refused !== undefined) return this.fail(id, -32600, answer.refused, 'Refused');
    if (tries >= GIVE_UP_AFTER) {
      return this.fail(id, 4900, 'The wallet does not answer.', 'NoWallet');
    }
    const wait = Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS);
    this.world.later(wait, () => void this.send(text, id, tries + 1));
  }

  private fail(id: string | null, code: number, message: string, reason: string): void {
    if (id === null) return;
    this.open.delete(id);
    const error = { code, message, data: { reason } };
    this.world.toPage(JSON.stringify({ kind: 'answer', id, error }));
  }
}
