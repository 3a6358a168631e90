// Asks a host as upstream's validators do: reqwest 0.11 with its defaults, over HTTP/1.1
// (linera-execution/src/execution_state_actor.rs, PerformHttpRequest; reqwest, async_impl/client.rs
// and redirect.rs). By Node's own client, which tells headers as they came.
import * as http from 'node:http';
import * as https from 'node:https';
import { Readable } from 'node:stream';
import type { Header, Response as HostAnswer } from '../../generated/types.ts';
import { MAX_HOST_HEADERS, MAX_HOST_REDIRECTS } from '../limits.ts';
import { bytesOf, headersWithin, inTime, type AskHost, type HostQuestion } from './ask_host.ts';
import { readLimited } from './read_limited.ts';

/** One request of the chain of redirects. */
interface Hop {
  url: URL;
  method: string;
  /** By names in lower case. */
  headers: Map<string, string[]>;
  body: Uint8Array;
}

export const nodeAsker = (): AskHost => (question) =>
  inTime(question, (signal) => follow(firstHop(question), question, signal));

function firstHop({ url, method, headers, body }: HostQuestion): Hop {
  const named = new Map([['accept', ['*/*']]]);
  const asked = new Set<string>();
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    const before = asked.has(key) ? (named.get(key) ?? []) : [];
    named.set(key, [...before, String.fromCharCode(...value)]);
    asked.add(key);
  }
  return { url: new URL(url), method, headers: named, body };
}

async function follow(
  first: Hop,
  question: HostQuestion,
  signal: AbortSignal,
): Promise<HostAnswer> {
  let hop = first;
  for (let redirects = 0; ; redirects += 1) {
    const { next, answer } = await once(hop, question, signal);
    if (!next) return answer();
    if (redirects >= MAX_HOST_REDIRECTS) throw new Error('too many redirects');
    hop = next;
  }
}

interface Heard {
  next: Hop | null;
  answer(): Promise<HostAnswer>;
}

/** Resolves with the head of the answer; a body that nobody reads is let go of. */
async function once(hop: Hop, question: HostQuestion, signal: AbortSignal): Promise<Heard> {
  const { request, Agent } = hop.url.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true });
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    const maxHeaderSize = Number(question.max_response_bytes) + HEAD_OVERHEAD;
    const options = { method: hop.method, agent, signal, maxHeaderSize };
    const asked = request(hop.url, options, resolve);
    asked.on('error', reject);
    // Node cuts what are more off without a word.
    asked.maxHeadersCount = MAX_HOST_HEADERS + 1;
    for (const [name, values] of hop.headers) {
      asked.setHeader(name, values.length === 1 ? values[0]! : values);
    }
    asked.removeHeader('connection');
    if (hop.body.length > 0) asked.setHeader('content-length', hop.body.length);
    asked.end(hop.body);
  });
  try {
    const message = await answered;
    const next = nextHop(hop, message);
    if (!next) return { next, answer: () => readAnswer(message, question, agent) };
    message.destroy();
    agent.destroy();
    return { next, answer: () => Promise.reject(new Error('it was sent on')) };
  } catch (error) {
    agent.destroy();
    throw error;
  }
}

/** Of the status line and of what stands between names and values. */
const HEAD_OVERHEAD = 16 * 1024;

/** Where the host sends the question; null: nowhere, its answer counts. */
function nextHop(hop: Hop, { statusCode = 0, headers: { location } }: http.IncomingMessage) {
  if (location === undefined || ![301, 302, 303, 307, 308].includes(statusCode)) return null;
  const text = Buffer.from(location, 'latin1').toString('utf8');
  const url = URL.canParse(text, hop.url) ? new URL(text, hop.url) : null;
  if (!url) return null;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error(`sent on to an address that is not of the web`);
  }
  const headers = new Map(hop.headers);
  const referrer = referrerOf(url, hop.url);
  if (referrer !== null) headers.set('referer', [referrer]);
  if (url.host !== hop.url.host || portOf(url) !== portOf(hop.url)) drop(headers, SENSITIVE);
  if (statusCode === 307 || statusCode === 308) return { ...hop, url, headers };
  drop(headers, OF_THE_BODY);
  const method = hop.method === 'HEAD' ? 'HEAD' : 'GET';
  return { url, method, headers, body: new Uint8Array() };
}

const SENSITIVE = ['authorization', 'cookie', 'cookie2', 'proxy-authorization', 'www-authenticate'];
const OF_THE_BODY = ['transfer-encoding', 'content-encoding', 'content-type', 'content-length'];
const drop = (headers: Map<string, unknown>, names: string[]) =>
  names.forEach((name) => headers.delete(name));

const portOf = ({ port, protocol }: URL) => port || (protocol === 'https:' ? '443' : '80');

function referrerOf(next: URL, previous: URL): string | null {
  if (next.protocol === 'http:' && previous.protocol === 'https:') return null;
  const url = new URL(previous);
  url.username = url.password = url.hash = '';
  return url.href;
}

async function readAnswer(
  message: http.IncomingMessage,
  question: HostQuestion,
  agent: http.Agent,
): Promise<HostAnswer> {
  try {
    const headers = headersOf(message.rawHeaders);
    const read = Readable.toWeb(message) as ReadableStream<Uint8Array<ArrayBuffer>>;
    const body = await readLimited({ body: read }, headersWithin(headers, question));
    return { status: message.statusCode ?? 0, headers, body: new Uint8Array(body) };
  } finally {
    message.destroy();
    agent.destroy();
  }
}

/** As Rust's HeaderMap tells them: names in lower case, equal ones where their first stood. */
function headersOf(raw: string[]): Header[] {
  if (raw.length > 2 * MAX_HOST_HEADERS) {
    throw new RangeError(`more than ${MAX_HOST_HEADERS} headers`);
  }
  const named = new Map<string, string[]>();
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase();
    named.set(name, [...(named.get(name) ?? []), raw[at + 1]!]);
  }
  return [...named].flatMap(([name, values]) =>
    values.map((value) => ({ name, value: bytesOf(value) })),
  );
}
