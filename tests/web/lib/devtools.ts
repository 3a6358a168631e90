// Chromium's own protocol over the debugging port, with a session of its own for each target:
// also for workers, which the test driver shows only in part.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { check, until } from './steps.ts';

export const DEBUGGING_PORT = '--remote-debugging-port=0';

interface Target {
  targetId: string;
  type: string;
  url: string;
}
type Params = Record<string, unknown>;
interface Message {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: Params;
  result?: Params;
  error?: { message: string };
}

export class Devtools {
  #last = 0;
  readonly #calls = new Map<number, (message: Message) => void>();
  readonly #listeners = new Set<(message: Message) => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message;
      if (message.id === undefined) this.#listeners.forEach((listen) => listen(message));
      else this.#calls.get(message.id)?.(message);
    });
  }

  /** To the browser that runs on the profile's folder with DEBUGGING_PORT. */
  static async connect(folder: string): Promise<Devtools> {
    const [port, path] = await until('the debugging port', () => {
      try {
        return readFileSync(join(folder, 'DevToolsActivePort'), 'utf8').split('\n');
      } catch {
        return null;
      }
    });
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { maxPayload: 2 ** 30 });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new Devtools(socket);
  }

  send(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
    const id = (this.#last += 1);
    return new Promise((resolve, reject) => {
      this.#calls.set(id, ({ result, error }) => {
        this.#calls.delete(id);
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result!);
      });
      this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  listen(sessionId: string, listener: (method: string, params: Params) => void): () => void {
    const listen = (message: Message) => {
      if (message.sessionId === sessionId) listener(message.method!, message.params!);
    };
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }

  /** Every page, worker and service worker there is. */
  async targets(): Promise<Target[]> {
    const { targetInfos } = await this.send('Target.getTargets', { filter: [{}] });
    return targetInfos as Target[];
  }

  async attach(targetId: string): Promise<Session> {
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    return new Session(this, sessionId as string);
  }

  close(): void {
    this.socket.close();
  }
}

/** One target's side of the protocol. */
export class Session {
  constructor(
    private readonly devtools: Devtools,
    private readonly id: string,
    /** A worker's ends with its page's. */
    private readonly ofWorker = false,
  ) {}

  send(method: string, params: Params = {}): Promise<Params> {
    return this.devtools.send(method, params, this.id);
  }
  on(listener: (method: string, params: Params) => void): () => void {
    return this.devtools.listen(this.id, listener);
  }

  /** The value of an expression in the target's main world, or in a context of it. */
  async evaluate(expression: string, contextId?: number): Promise<unknown> {
    const params = { expression, contextId, returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', params);
    check(!exceptionDetails, `no exception: ${JSON.stringify(exceptionDetails)}`);
    return (result as { value: unknown }).value;
  }

  /** The dedicated workers of a page. */
  async workers(): Promise<{ url: string; session: Session }[]> {
    const found: { url: string; session: Session }[] = [];
    const off = this.on((method, params) => {
      if (method !== 'Target.attachedToTarget') return;
      const { type, url } = params.targetInfo as Target;
      if (type !== 'worker') return;
      found.push({ url, session: new Session(this.devtools, params.sessionId as string, true) });
    });
    const auto = { autoAttach: true, waitForDebuggerOnStart: false, flatten: true };
    await this.send('Target.setAutoAttach', auto);
    off();
    return found;
  }

  async detach(): Promise<void> {
    if (this.ofWorker) return;
    await this.devtools.send('Target.detachFromTarget', { sessionId: this.id });
  }
}
