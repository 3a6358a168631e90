import { expect, it } from 'vitest';
import { chainA } from '../fake/fake_data.ts';
import { scenes } from '../fake/scenes.ts';
import { shown } from '../fake/shown.tsx';
import { de } from '../words/de/index.ts';
import { Words } from '../words/words.ts';
import { ChainScreen, ChainsScreen } from './chains.tsx';

const german = new Words({ locale: 'de', texts: de });
/** Its text, with the values of the card that says what applications may do. */
async function permissions(words?: Words) {
  const html = await shown(<ChainScreen id={chainA} />, scenes.permissions, words);
  const [card = ''] = /<section[^>]*data-testid="permissions"[\s\S]*?<\/section>/.exec(html) ?? [];
  return [...card.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, name, value]) => [
    name,
    value!.replace(/<[^>]*>/g, '').trim(),
  ]);
}
const id = Array(16).fill('5c5c').join(' ');

it('says what applications may do on a chain, each by its whole id', async () => {
  expect(await permissions()).toEqual([
    ['Operations in blocks', `only of these applications, so no transfers:${id}`],
    ['Must be in each block', 'no application'],
    ['May close the chain and change its owners', id],
    ['May change these rules', id],
    ['May call services as oracle', 'any application'],
    ['May make HTTP requests', 'no application'],
  ]);
  expect((await permissions(german))[4]).toEqual([
    'Darf Dienste als Orakel aufrufen',
    'jede Anwendung',
  ]);
});

it('says nothing of it where nobody changed it', async () => {
  const html = await shown(<ChainScreen id={chainA} />, scenes.home);
  expect(html).not.toContain('data-testid="permissions"');
});

it('says in the list which chain is not up to date', async () => {
  expect(await shown(<ChainsScreen />, scenes.notExecuted)).toContain('not up to date');
  expect(await shown(<ChainsScreen />, scenes.home)).not.toContain('not up to date');
});
