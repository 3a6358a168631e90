// Asks a host outside what an application asks: exactly that, within its limits. Browsers do it by
// fetch, as upstream's client in a page does; Node as upstream's validators do (ask_host_node.ts).
// linera-execution/src/execution_state_actor.rs, PerformHttpRequest
import type {
  ClientOutput,
  Header,
  NoAnswerKind,
  Response as HostAnswer,
} from '../../generated/types.ts';
import { textOf } from '../error_text.ts';
import { wakeIn } from '../wake.ts';
import { readLimited } from './read_limited.ts';

/** `max_response_bytes`: of the headers' names and values, and the body. */
export type HostQuestion = Omit<Extract<ClientOutput, { $: 'HttpRequest' }>, '$' | 'request_id'>;

/** A question that was not put to its host at all. */
export class NotAsked extends Error {
  override readonly name = 'NotAsked';

  constructor(
    readonly why: Exclude<NoAnswerKind, 'Asked'>,
    message: string,
  ) {
    super(message);
  }
}

/** Rejects with the reason why there is no answer. */
export type AskHost = (question: HostQuestion) => Promise<HostAnswer>;

/** What a core is told; `tell` is called once. */
export function askFor<Id>(
  ask: AskHost | undefined,
  { request_id, ...question }: HostQuestion & { request_id: Id },
  tell: (
    event:
      | { $: 'HttpResponse'; request_id: Id; response: HostAnswer }
      | { $: 'HttpFailed'; request_id: Id; why: NoAnswerKind; reason: string },
  ) => void,
): void {
  const none = () => Promise.reject(new NotAsked('NotAllowed', 'this wallet asks no hosts'));
  const asked = ask ? ask(question) : none();
  asked.then(
    (response) => tell({ $: 'HttpResponse', request_id, response }),
    (error: unknown) => {
      const why = error instanceof NotAsked ? error.why : 'Asked';
      tell({ $: 'HttpFailed', request_id, why, reason: textOf(error) });
    },
  );
}

/**
 * By fetch: a browser adds what it thinks fit, tells headers by name and in their order, equal ones
 * as one, and hides those of other origins. Where it may not follow redirects, a host that sends it
 * on gives no answer: browsers do not say where to.
 */
export const fetchAsker =
  (
    fetcher: typeof fetch = globalThis.fetch.bind(globalThis),
    redirect: 'follow' | 'manual' = 'follow',
  ): AskHost =>
  (question) =>
    inTime(question, async (signal) => {
      const answer = await fetcher(question.url, { ...requestOf(question, signal), redirect });
      if (answer.type === 'opaqueredirect') throw new Error('it sends on to another place');
      const headers = [...answer.headers].map(([name, value]) => ({ name, value: bytesOf(value) }));
      const room = headersWithin(headers, question);
      return { status: answer.status, headers, body: await readLimited(answer, room) };
    });

/** Ends what `ask` began with the answer, or when the question's time is over. */
export async function inTime<T>(
  { timeout_ms }: Pick<HostQuestion, 'timeout_ms'>,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const late = wakeIn(Number(timeout_ms), () => abort.abort());
  try {
    return await ask(abort.signal);
  } catch (cause) {
    throw abort.signal.aborted ? new Error(`no answer in ${timeout_ms} ms`, { cause }) : cause;
  } finally {
    late();
    abort.abort();
  }
}

/** What room they leave for the body. */
export function headersWithin(
  headers: Header[],
  { max_response_bytes }: Pick<HostQuestion, 'max_response_bytes'>,
): number {
  const bytes = headers.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  const room = Number(max_response_bytes) - bytes;
  if (room < 0) throw new RangeError(`headers of more than ${max_response_bytes} bytes`);
  return room;
}

function requestOf({ method, headers, body }: HostQuestion, signal: AbortSignal): RequestInit {
  return {
    method,
    // Not compressed, as upstream asks, unless the application asks for it.
    headers: [['accept-encoding', 'identity'], ...headers.map(pairOf)],
    body: body.length === 0 ? null : (body as BodyInit),
    signal,
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  };
}

// Bytes of headers are those of Latin-1.
const pairOf = ({ name, value }: Header): [string, string] => [name, String.fromCharCode(...value)];
export const bytesOf = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
