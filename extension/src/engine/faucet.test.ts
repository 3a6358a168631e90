// A faucet is a stranger: what it sends is cut off at a limit.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MAX_FAUCET_ANSWER_BYTES } from '../../../js-bindings/src/limits.ts';
import { alice, chainA } from '../testing/fake_engine.ts';
import { openFaucet, quoted } from './faucet.ts';

describe('a faucet', () => {
  let server: Server;
  let url = '';
  let sent = 0;
  beforeAll(async () => {
    server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const part = Buffer.alloc(64 * 1024, ' ');
      const more = () => {
        while (!response.destroyed && sent < 20 * MAX_FAUCET_ANSWER_BYTES) {
          sent += part.length;
          if (!response.write(part)) return;
        }
        response.end();
      };
      response.on('drain', more);
      more();
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('that never stops is cut off', async () => {
    await expect(openFaucet(url).genesisConfig()).rejects.toThrow('The faucet sent too much.');
    expect(sent).toBeLessThan(10 * MAX_FAUCET_ANSWER_BYTES);
  });
});

const answer = (body: unknown) =>
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body)));
afterEach(() => vi.unstubAllGlobals());
const faucet = openFaucet('https://faucet.example/');

describe('the chain of an owner', () => {
  it('is none only when the faucet says just that', async () => {
    answer({ data: null, errors: [{ message: `This user has no chain yet` }] });
    expect(await faucet.chainOf(alice)).toBeNull();
    answer({ data: { chainId: null } });
    expect(await faucet.chainOf(alice)).toBeNull();
    answer({ data: { chainId: chainA } });
    expect(await faucet.chainOf(alice)).toBe(chainA);
  });

  it.each([
    [[{ message: 'error returned from database: database is locked' }]],
    [[null]],
    ['boom'],
    [{ message: 'not a list' }],
    [[{}]],
  ])('is not known after the error %j', async (errors) => {
    answer({ data: null, errors });
    await expect(faucet.chainOf(alice)).rejects.toMatchObject({ code: 'FaucetFailed' });
  });

  it('is not known after an answer that is none', async () => {
    for (const body of [null, 5, {}, { data: { chainId: 7 } }]) {
      answer(body);
      await expect(faucet.chainOf(alice)).rejects.toMatchObject({ code: 'FaucetFailed' });
    }
  });
});

it("quotes the faucet's words, short and plain", async () => {
  answer({ errors: [{ message: `Empty.\n\u202e${'x'.repeat(2000)}` }] });
  const error = await faucet.claim(alice).catch((one: Error) => one);
  expect((error as Error).message).toBe(`The faucet answered: "Empty. ${'x'.repeat(193)}…"`);
  expect(quoted('a\u2066b\u200bc\u2028d')).toBe('"a b c d"');
});
