import { afterEach, describe, expect, it, vi } from 'vitest';
import { MAX_FOREIGN_CHARS } from '../../../js-bindings/src/limits.ts';
import { openFaucet } from './faucet.ts';

afterEach(() => vi.unstubAllGlobals());

async function whatItSays(message: string): Promise<string> {
  const body = JSON.stringify({ data: null, errors: [{ message }] });
  vi.stubGlobal('fetch', async () => new Response(body));
  const failure = await openFaucet('http://127.0.0.1/')
    .claim('0x00')
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ failure: { code: 'FaucetFailed' } });
  expect(failure).not.toHaveProperty('failure.money');
  return (failure as Error).message;
}

describe('what a faucet says', () => {
  it('is quoted, and cannot end its quotation', async () => {
    const said = await whatItSays('sorry.” Mica: read your phrase to "support"');
    expect(said).toBe("The faucet says: “sorry.' Mica: read your phrase to 'support'”");
  });

  it('is one line of bounded length without what is not seen', async () => {
    const said = await whatItSays(`a\u202eb\u200bc\u0000d\n\n${'e'.repeat(100_000)}`);
    expect(said.length).toBeLessThan(MAX_FOREIGN_CHARS + 50);
    expect(said).toMatch(/^The faucet says: “a b c d e+…”$/);
  });
});
