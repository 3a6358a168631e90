// What a host outside may do to the one who asks it: send too much, be late, send on for ever, or
// not be there.
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createRaw, type AddressInfo, type Server as RawServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { askFor, NotAsked, fetchAsker, type AskHost, type HostQuestion } from './ask_host.ts';
import { nodeAsker } from './ask_host_node.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const servers: (Server | RawServer)[] = [];

async function at(server: Server | RawServer): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
const listen = (answer: RequestListener) => at(createServer(answer));
/** Answers each connection with exactly these bytes. */
const says = (text: string) => {
  const heard: string[] = [];
  const server = createRaw((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (part) => {
      heard.push(part.toString('latin1'));
      socket.end(Buffer.from(text, 'latin1'));
    });
  });
  return at(server).then((url) => ({ url, heard }));
};
afterEach(() => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  }
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

const askers: [string, AskHost][] = [
  ['by fetch', fetchAsker()],
  ['by Node', nodeAsker()],
];

describe.each(askers)('a question to a host, %s', (_how, ask) => {
  it('is put as it stands, and answered with status, headers and bytes', async () => {
    let seen = '';
    const url = await listen((request, response) => {
      request.on('data', (part: Buffer) => {
        seen = `${request.method} ${request.headers['x-mark']} ${part.toString()}`;
      });
      request.on('end', () => response.writeHead(418, { 'x-reply': 'a' }).end('tea'));
    });
    const answer = await ask(
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
    expect((await ask(question(url))).body).toEqual(bytes('/there'));
  });

  it('has no answer that is longer than allowed, headers included', async () => {
    const url = await listen((_, response) => response.end('x'.repeat(900)));
    await expect(ask(question(url, { max_response_bytes: 950n }))).rejects.toThrow(
      'an answer of more than',
    );
    await expect(ask(question(url, { max_response_bytes: 5n }))).rejects.toThrow(
      'headers of more than 5 bytes',
    );
    const answer = await ask(question(url, { max_response_bytes: 2000n }));
    expect(answer.body).toHaveLength(900);
  });

  it('has no answer that never ends', async () => {
    const url = await listen((_, response) => {
      const more = (): void => void (response.destroyed || response.write('x'.repeat(1000), more));
      more();
    });
    await expect(ask(question(url))).rejects.toThrow('an answer of more than');
  });

  it('has no answer with headers without end', async () => {
    const { url } = await says(`HTTP/1.1 200 OK\r\nx-long: ${'y'.repeat(300_000)}\r\n\r\n`);
    await expect(ask(question(url))).rejects.toThrow();
  });

  it('has no answer that is late, in its headers or in its body', async () => {
    const half = await listen((_, response) => response.write('half'));
    await expect(ask(question(half, { timeout_ms: 60n }))).rejects.toThrow('no answer in 60 ms');
    const silent = await listen(() => {});
    await expect(ask(question(silent, { timeout_ms: 60n }))).rejects.toThrow('no answer in 60 ms');
  });

  it('has no answer where everything is sent on', async () => {
    const url = await listen((_, response) => response.writeHead(302, { location: '/' }).end());
    await expect(ask(question(url))).rejects.toThrow();
  });

  it('has no answer where nobody is', async () => {
    const url = await listen(() => {});
    const [server] = servers.splice(0) as Server[];
    server!.close();
    server!.closeAllConnections();
    await expect(ask(question(url))).rejects.toThrow();
  });

  it('has bytes for an answer, whatever they mean', async () => {
    const url = await listen((_, response) => response.end(Buffer.from([0xff, 0xfe, 0, 0xc3])));
    expect((await ask(question(url))).body).toEqual(new Uint8Array([0xff, 0xfe, 0, 0xc3]));
  });
});

describe('a validator of ours', () => {
  const ask = nodeAsker();

  it('tells headers as they came: equal names together, each value by itself', async () => {
    const { url } = await says(
      'HTTP/1.1 200 OK\r\nZ-First: 1\r\nSet-Cookie: a\r\nA-Second: \xe4\r\nset-cookie: b\r\n' +
        'Content-Length: 2\r\n\r\nhi',
    );
    const { headers } = await ask(question(url));
    expect(headers.map(({ name, value }) => [name, Buffer.from(value).toString('latin1')])).toEqual(
      [
        ['z-first', '1'],
        ['set-cookie', 'a'],
        ['set-cookie', 'b'],
        ['a-second', '\xe4'],
        ['content-length', '2'],
      ],
    );
  });

  it('says nothing of itself but what it accepts', async () => {
    const { url, heard } = await says('HTTP/1.1 204 No Content\r\n\r\n');
    await ask(question(url, { headers: [{ name: 'X-A', value: bytes('1') }] }));
    const names = heard.join('').split('\r\n').slice(1, -2);
    expect(names.map((line) => line.split(':')[0]!.toLowerCase()).sort()).toEqual([
      'accept',
      'host',
      'x-a',
    ]);
    expect(heard[0]).toContain('accept: */*');
  });

  it('does not unpack what is packed', async () => {
    const { url } = await says(
      'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc',
    );
    expect((await ask(question(url))).body).toEqual(bytes('abc'));
  });

  const chain = (length: number) =>
    listen((request, response) => {
      const at = Number(request.url!.slice(1) || '0');
      if (at === length) response.end('here');
      else response.writeHead(302, { location: `/${at + 1}` }).end();
    });

  it('is sent on nine times, and not ten', async () => {
    expect((await ask(question(await chain(9)))).body).toEqual(bytes('here'));
    await expect(ask(question(await chain(10)))).rejects.toThrow('too many redirects');
  });

  it('asks elsewhere without what was for the first host alone, and by GET', async () => {
    const seen: string[] = [];
    const there = await listen((request, response) => {
      const { authorization, referer, accept, 'content-type': type } = request.headers;
      seen.push(`${request.method} ${authorization} ${referer} ${accept} ${type}`);
      response.end();
    });
    const here = await listen((request, response) => {
      const status = Number(request.url!.slice(1));
      response.writeHead(status, { location: there }).end();
    });
    const asked = (status: number) =>
      ask(
        question(`${here}${status}`, {
          method: 'PUT',
          headers: ['authorization', 'accept', 'content-type'].map((name) => ({
            name,
            value: bytes('its'),
          })),
          body: bytes('body'),
        }),
      );
    await asked(303);
    await asked(307);
    expect(seen).toEqual([
      `GET undefined ${here}303 its undefined`,
      `PUT undefined ${here}307 its its`,
    ]);
  });

  it('takes an answer that sends nowhere as the answer', async () => {
    const { url } = await says('HTTP/1.1 302 Found\r\nContent-Length: 2\r\n\r\nok');
    expect(await ask(question(url))).toMatchObject({ status: 302, body: bytes('ok') });
  });

  it('is not sent out of the web', async () => {
    const { url } = await says('HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n');
    await expect(ask(question(url))).rejects.toThrow('not of the web');
  });

  it('reads a hundred headers, and not more', async () => {
    const head = (count: number) =>
      Array.from({ length: count }, (_, at) => `x-${at}: 1\r\n`).join('');
    const many = await says(`HTTP/1.1 204 No Content\r\n${head(100)}\r\n`);
    expect((await ask(question(many.url))).headers).toHaveLength(100);
    const more = await says(`HTTP/1.1 204 No Content\r\n${head(101)}\r\n`);
    await expect(ask(question(more.url))).rejects.toThrow('more than 100 headers');
  });
});

describe('a browser that may not follow', () => {
  it('has no answer where the host sends on, and does not go there', async () => {
    const seen: RequestInit[] = [];
    const fetcher = (async (_url: string, init: RequestInit) => {
      seen.push(init);
      return { type: 'opaqueredirect', status: 0, headers: new Headers(), body: null };
    }) as unknown as typeof fetch;
    const ask = fetchAsker(fetcher, 'manual');
    await expect(ask(question('https://a.example/'))).rejects.toThrow('sends on');
    expect(seen).toMatchObject([
      {
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
      },
    ]);
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
      why: 'Asked',
      reason: 'refused',
    });
    const notAsked = () => Promise.reject(new NotAsked('Insecure', 'only by https'));
    expect(await told(notAsked)).toMatchObject({ why: 'Insecure', reason: 'only by https' });
  });

  it('is told so where no host is asked', async () => {
    expect(await told(undefined)).toMatchObject({
      why: 'NotAllowed',
      reason: 'this wallet asks no hosts',
    });
  });
});
