// A faucet is a stranger: what it sends is cut off at a limit.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MAX_FAUCET_ANSWER_BYTES, MAX_FOREIGN_CHARS } from '@mica/bindings/limits';
import { alice, chainA } from '../testing/fake_engine.ts';
import { openFaucet } from './faucet.ts';

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
    answer({ data: { initialClaim: null } });
    expect(await faucet.chainOf(alice)).toBeNull();
    answer({ data: { initialClaim: { chainId: chainA } } });
    expect(await faucet.chainOf(alice)).toBe(chainA);
  });

  it.each([
    [[{ message: 'error returned from database: database is locked' }]],
    [[{ message: 'This user has no chain yet' }]],
    [[null]],
    ['boom'],
    [{ message: 'not a list' }],
    [[{}]],
  ])('is not known after the error %j', async (errors) => {
    answer({ data: { initialClaim: null }, errors });
    await expect(faucet.chainOf(alice)).rejects.toMatchObject({ code: 'FaucetFailed' });
  });

  it('is not known after an answer that is none', async () => {
    for (const body of [null, 5, {}, { data: {} }, { data: { initialClaim: { chainId: 7 } } }]) {
      answer(body);
      await expect(faucet.chainOf(alice)).rejects.toMatchObject({
        failure: { code: 'FaucetFailed', reason: 'FaucetNonsense' },
      });
    }
  });
});

async function whatItSays(message: string): Promise<string> {
  answer({ data: null, errors: [{ message }] });
  const failure = await faucet.claim(alice).catch((error: unknown) => error);
  expect(failure).toMatchObject({ failure: { code: 'FaucetFailed', reason: 'FaucetRefused' } });
  expect(failure).not.toHaveProperty('failure.money');
  return (failure as Error).message;
}

describe('what a faucet says', () => {
  it('is quoted, and cannot end its quotation', async () => {
    const said = await whatItSays('sorry.” Mica: read your phrase to "support"');
    expect(said).toBe("The faucet answered: “sorry.' Mica: read your phrase to 'support'”");
  });

  it('is one line of bounded length without what is not seen', async () => {
    const said = await whatItSays(`a\u202eb\u200bc\u0000d\n\n${'e'.repeat(100_000)}`);
    expect(said.length).toBeLessThan(MAX_FOREIGN_CHARS + 50);
    expect(said).toMatch(/^The faucet answered: “a b c d e+…”$/);
  });
});
