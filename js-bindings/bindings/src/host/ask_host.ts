// Asks a host outside what an application asks: exactly that, within its limits. As upstream's
// client (reqwest) does, redirects are followed, and neither cookies nor a referrer are sent.
// linera-execution/src/execution_state_actor.rs, PerformHttpRequest
import type { ClientOutput, Header, Response as HostAnswer } from '../../generated/types.ts';
import { wakeIn } from '../wake.ts';
import { readLimited } from './read_limited.ts';
import { textOf } from './store_io.ts';

/** `max_response_bytes`: of the headers' names and values, and the body. */
export type HostQuestion = Omit<Extract<ClientOutput, { $: 'HttpRequest' }>, '$' | 'request_id'>;

/** Rejects with the reason why there is no answer. */
export type AskHost = (question: HostQuestion) => Promise<HostAnswer>;

/** What a core is told; `tell` is called once. */
export function askFor<Id>(
  ask: AskHost | undefined,
  { request_id, ...question }: HostQuestion & { request_id: Id },
  tell: (
    event:
      | { $: 'HttpResponse'; request_id: Id; response: HostAnswer }
      | { $: 'HttpFailed'; request_id: Id; reason: string },
  ) => void,
): void {
  const asked = ask ? ask(question) : Promise.reject(new Error('this wallet asks no hosts'));
  asked.then(
    (response) => tell({ $: 'HttpResponse', request_id, response }),
    (error: unknown) => tell({ $: 'HttpFailed', request_id, reason: textOf(error) }),
  );
}

/** By fetch: a browser adds what it thinks fit, and hides headers of other origins. */
export const fetchAsker =
  (fetcher: typeof fetch = globalThis.fetch.bind(globalThis)): AskHost =>
  async (question) => {
    const abort = new AbortController();
    const late = wakeIn(Number(question.timeout_ms), () => abort.abort());
    try {
      const answer = await fetcher(question.url, requestOf(question, abort.signal));
      const headers = [...answer.headers].map(([name, value]) => ({ name, value: bytesOf(value) }));
      const sizes = headers.map(({ name, value }) => name.length + value.length);
      const room = Number(question.max_response_bytes) - sizes.reduce((a, b) => a + b, 0);
      if (room < 0)
        throw new RangeError(`headers of more than ${question.max_response_bytes} bytes`);
      return { status: answer.status, headers, body: await readLimited(answer, room) };
    } catch (error) {
      if (!abort.signal.aborted) throw error;
      throw new Error(`no answer in ${question.timeout_ms} ms`, { cause: error });
    } finally {
      late();
      abort.abort();
    }
  };

function requestOf({ method, headers, body }: HostQuestion, signal: AbortSignal): RequestInit {
  return {
    method,
    // Not compressed, as upstream asks, unless the application asks for it.
    headers: [['accept-encoding', 'identity'], ...headers.map(pairOf)],
    body: body.length === 0 ? null : (body as BodyInit),
    signal,
    redirect: 'follow',
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  };
}

// Bytes of headers are those of Latin-1.
const pairOf = ({ name, value }: Header): [string, string] => [name, String.fromCharCode(...value)];
const bytesOf = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
