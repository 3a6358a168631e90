import { afterEach, describe, expect, it, vi } from 'vitest';
import { openFaucet } from './faucet.ts';

const answer = (body: string) => vi.stubGlobal('fetch', async () => new Response(body));
afterEach(() => vi.unstubAllGlobals());
const genesis = () => openFaucet('https://faucet.example/').genesisConfig();

describe('a genesis configuration', () => {
  it('is the text that came, to the letter', async () => {
    const text = '{ "a": 18446744073709551615, "b": ["}", "\\"]", [1, {"c": ","}]] }';
    answer(`{"data": {"genesisConfig": ${text}, "more": 1}}`);
    expect(await genesis()).toBe(text);
    answer(`{"data":{"genesisConfig":${text}}}`);
    expect(await genesis()).toBe(text);
  });
  it.each([
    ['no json', 'NotJson'],
    ['5', 'NotAnObject'],
    ['{}', 'NoData'],
    ['{"data": null}', 'NoData'],
    ['{"data": {"genesisConfig": null}}', 'NoGenesis'],
    ['{"data": {}, "errors": [{"message": "no"}]}', 'Refused'],
  ])('is not in %s', async (body, kind) => {
    answer(body);
    await expect(genesis()).rejects.toMatchObject({ fault: { kind } });
  });
});
