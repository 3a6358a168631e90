// A faucet is a stranger: what it sends is cut off at a limit.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_FAUCET_ANSWER_BYTES } from '../../../js-bindings/src/limits.ts';
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
