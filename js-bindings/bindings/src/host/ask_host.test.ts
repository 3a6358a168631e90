// What a host outside may do to the one who asks it: send too much, be late, or not be there.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { askFor, fetchAsker, type HostQuestion } from './ask_host.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
let server: Server | null = null;

async function listen(answer: RequestListener): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

const question = (url: string, more: Partial<HostQuestion> = {}): HostQuestion => ({
  method: 'GET',
  url,
  headers: [],
  body: new Uint8Array(),
  timeout_ms: 5000n,
  max_response_bytes: 1000n,
  ...more,
});

describe('a question to a host', () => {
  it('is put as it stands, and answered with status, headers and bytes', async () => {
    let seen = '';
    const url = await listen((request, response) => {
      request.on('data', (part: Buffer) => {
        seen = `${request.method} ${request.headers['x-mark']} ${part.toString()}`;
      });
      request.on('end', () => response.writeHead(418, { 'x-reply': 'a' }).end('tea'));
    });
    const answer = await fetchAsker()(
      question(url, {
        method: 'POST',
        headers: [{ name: 'x-mark', value: bytes('m') }],
        body: bytes('body'),
      }),
    );
    expect(seen).toBe('POST m body');
    expect(answer.status).toBe(418);
    expect(answer.body).toEqual(bytes('tea'));
    expect(answer.headers).toContainEqual({ name: 'x-reply', value: bytes('a') });
  });

  it('goes where the host sends it', async () => {
    const url = await listen((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/there' }).end();
      else response.end(request.url);
    });
    expect((await fetchAsker()(question(url))).body).toEqual(bytes('/there'));
  });

  it('has no answer that is longer than allowed, headers included', async () => {
    const url = await listen((_, response) => response.end('x'.repeat(900)));
    await expect(fetchAsker()(question(url, { max_response_bytes: 950n }))).rejects.toThrow(
      'an answer of more than',
    );
    await expect(fetchAsker()(question(url, { max_response_bytes: 5n }))).rejects.toThrow(
      'headers of more than 5 bytes',
    );
    const answer = await fetchAsker()(question(url, { max_response_bytes: 2000n }));
    expect(answer.body).toHaveLength(900);
  });

  it('has no answer that is late, in its headers or in its body', async () => {
    const silent = await listen((_, response) => response.write('half'));
    const late = question(silent, { timeout_ms: 60n });
    await expect(fetchAsker()(late)).rejects.toThrow('no answer in 60 ms');
  });

  it('has no answer where nobody is', async () => {
    const url = await listen(() => {});
    server!.close();
    server!.closeAllConnections();
    await expect(fetchAsker()(question(url))).rejects.toThrow();
  });
});

describe('a core', () => {
  const told = (ask: Parameters<typeof askFor>[0]) =>
    new Promise((resolve) =>
      askFor(ask, { request_id: 7n, ...question('https://example.org/') }, resolve),
    );

  it('is told the answer, or why there is none', async () => {
    const response = { status: 200, headers: [], body: new Uint8Array([1]) };
    expect(await told(() => Promise.resolve(response))).toEqual({
      $: 'HttpResponse',
      request_id: 7n,
      response,
    });
    expect(await told(() => Promise.reject(new Error('refused')))).toEqual({
      $: 'HttpFailed',
      request_id: 7n,
      reason: 'refused',
    });
  });

  it('is told so where no host is asked', async () => {
    expect(await told(undefined)).toMatchObject({ reason: 'this wallet asks no hosts' });
  });
});
