// The provider object in the page (EIP-1193). The page can tamper with it, so nothing is kept in it
// that a page may not know; every promise settles with a value or a ProviderError.
import {
  ProviderError,
  providerError,
  requestIdTaken,
  type MethodName,
  type Provider,
  type ProviderErrorData,
  type RequestArguments,
  type RequestOf,
  type ResultOf,
} from '@mica/provider';
import { checkPageMessage, DoorError } from '../doors/page.ts';

interface ProviderOutside {
  post(text: string): void;
  newId(): string;
}

type Listener = (value: unknown) => void;
/** Under way: what was asked, and everybody who waits for the answer. */
interface UnderWay {
  text: string;
  waiting: { resolve(value: unknown): void; reject(error: ProviderError): void }[];
}
interface Incoming {
  kind: 'answer' | 'event';
  id?: string;
  result?: unknown;
  error?: { code: number; message: string; data: ProviderErrorData };
  event?: string;
  value?: unknown;
}

const bad = (message: string) => providerError('invalidRequest', 'BadRequest', message);

/** What the wallet's door lets in. Throws also whatever the page's own getters throw. */
function written(args: RequestArguments, newId: () => string): { id: string; text: string } {
  if (typeof args !== 'object' || args === null) throw bad('request takes an object.');
  const { method, params, id = newId() } = args;
  if (typeof method !== 'string' || !/^\w{1,64}$/.test(method)) throw bad('method must be a name.');
  if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id))
    throw bad('id must be 1 to 64 of A-Z a-z 0-9 _ -.');
  const text = JSON.stringify({ kind: 'request', id, method, params });
  checkPageMessage(text);
  return { id, text };
}

function refusal(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof DoorError) return bad(`The request is ${error.message}.`);
  return bad('params must be JSON: write amounts as text.');
}

export class MicaProvider implements Provider {
  readonly #outside: ProviderOutside;
  readonly #calls = new Map<string, UnderWay>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #attached = false;

  constructor(outside: ProviderOutside) {
    this.#outside = outside;
  }

  request<M extends MethodName>(args: RequestOf<M>): Promise<ResultOf<M>>;
  request(args: RequestArguments): Promise<unknown>;
  request(args: RequestArguments): Promise<unknown> {
    let id: string;
    let text: string;
    try {
      ({ id, text } = written(args, () => this.#outside.newId()));
    } catch (error) {
      return Promise.reject(refusal(error));
    }
    // The answer names the id only.
    const call = this.#calls.get(id) ?? { text, waiting: [] };
    if (call.text !== text) return Promise.reject(requestIdTaken());
    this.#calls.set(id, call);
    return new Promise((resolve, reject) => {
      call.waiting.push({ resolve, reject });
      this.#outside.post(text);
    });
  }

  on(event: string, listener: Listener): this {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    // Only pages that listen cost the wallet anything.
    if (!this.#attached) this.#outside.post('{"kind":"attach"}');
    this.#attached = true;
    return this;
  }

  removeListener(event: string, listener: Listener): this {
    this.#listeners.get(event)?.delete(listener);
    return this;
  }

  /** From the content script. */
  receive(text: string): void {
    const message = JSON.parse(text) as Incoming;
    if (message.kind === 'answer' && message.id !== undefined) this.#answer(message.id, message);
    else if (message.kind === 'event' && message.event !== undefined) {
      for (const listener of [...(this.#listeners.get(message.event) ?? [])]) {
        try {
          listener(message.value);
        } catch (error) {
          console.error(error);
        }
      }
    }
  }

  #answer(id: string, { result, error }: Incoming): void {
    const waiting = this.#calls.get(id)?.waiting ?? [];
    this.#calls.delete(id);
    for (const { resolve, reject } of waiting) {
      if (error) reject(new ProviderError(error.code, error.message, error.data));
      else resolve(result);
    }
  }
}
