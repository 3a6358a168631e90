// Every screen and scene in the pseudo-locale: what is neither bracketed nor came over the ports is
// a text outside of the catalogue.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { foreignLines } from '@mica/wallet-contract/foreign_text';
import { scenes } from '../fake/scenes.ts';
import { autonyms } from '../words/languages.ts';
import { CLOSE, OPEN, VALUE, VALUE_END } from '../words/pseudo.ts';
import { looks, type Look } from './looks.ts';
import { executablePath, inChromium } from './in_chromium.ts';

const preview = inChromium();

const all: Record<string, Look> = { ...looks };
for (const scene of Object.keys(scenes)) {
  all[`scene ${scene}`] = { scene };
  all[`scene ${scene} asked`] = { scene, page: 'approval' };
}

/** Visible text and what is read out: an element's own text nodes, joined by what is in between. */
const textsOf = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [document.title];
    for (const one of document.body.querySelectorAll('*')) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        found.push(one.getAttribute(name) ?? '');
      }
    }
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let text = '';
    while (walk.nextNode()) text += `${walk.currentNode.textContent}\u0000`;
    return { found, text };
  });

/** All text that came over the ports, or was made of what was typed. */
const dataOf = (page: Page) =>
  page.evaluate(async () => {
    const texts: string[] = [];
    const collect = (value: unknown): void => {
      if (typeof value === 'string') texts.push(value);
      else if (value && typeof value === 'object' && !ArrayBuffer.isView(value)) {
        Object.values(value).forEach(collect);
      }
    };
    const { wallet, vault, saved } = window.fake;
    collect([await wallet.getState(), await vault.getState(), vault.phrase, saved]);
    const { pending, entries } = wallet as unknown as Record<string, unknown>;
    const parameters = ['{"name":"counter"}', '{ value }', '{"count": 3}'];
    const asked = [...(pending as Map<string, { block?: Uint8Array | null }>).values()];
    collect([asked, entries, wallet.options, wallet.told, parameters]);
    for (const { block } of asked) if (block) collect(await vault.summarize({ block }));
    // A phrase's words, and what a failure says for the log.
    for (const one of document.querySelectorAll('[translate=no], [data-testid=failure-details]')) {
      texts.push(one.textContent ?? '', one.querySelector('p')?.textContent ?? '');
    }
    for (const field of document.querySelectorAll('input, textarea')) {
      texts.push((field as HTMLInputElement).value);
    }
    return texts;
  });

const isId = (text: string) => /^(0x)?[0-9a-f]{4,}(…[0-9a-f]{4})?$/.test(text);

/** Pieces with plain letters that no data has. */
function strangers(text: string, data: string[]): string[] {
  // Longer ones first: of a name that begins with another, nothing may be left.
  const names = data.filter((one) => one.length > 2).sort((a, b) => b.length - a.length);
  const pieces = text.split(new RegExp(`[\\0${OPEN}${CLOSE}${VALUE}${VALUE_END}]`));
  return pieces
    .map((piece) => piece.trim())
    .filter((piece) => /[a-zA-Z]/.test(piece))
    .filter((piece) => {
      const bare = piece.replace(/^[^\p{L}0]+|[^\p{L}\d)]+$/gu, '');
      if (data.some((one) => one.includes(bare))) return false;
      const left = names.reduce((rest, name) => rest.replaceAll(name, ' '), piece);
      const words = left.split(/[\s:@/"',.()·]+/).filter((word) => /[a-z]/i.test(word));
      return !words.every(isId);
    });
}

/** The protocol's own words, what languages call themselves, and forms of what is data. */
const NAMES = [
  ...['Mica', 'Wasm', 'Evm', 'Data', 'https://faucet.example.org/'],
  ...Object.values(autonyms),
];

describe.skipIf(!executablePath)('in the pseudo-locale', () => {
  it.each(Object.keys(all))('%s has no text outside of the catalogue', async (name) => {
    const { scene, page: view = 'popup', route = '/', act } = all[name]!;
    const page = await preview.browser.newPage({
      viewport: { width: 400, height: 660 },
      locale: 'en-US',
    });
    page.setDefaultTimeout(8000);
    await page.goto(`${preview.served.url}?language=pseudo&scene=${scene}&page=${view}#${route}`);
    await page.locator('.page, .starting, .approval-window').first().waitFor();
    await act?.(page);
    const folded = page.locator('details:not([open]) > summary');
    while ((await folded.count()) > 0) await folded.first().click();
    const given = await dataOf(page);
    const data = [...NAMES, ...given, ...given.map(foreignLines)];
    const { found, text } = await textsOf(page);
    await page.close();
    expect([...found, text].flatMap((one) => strangers(one, data))).toEqual([]);
  });
});

it('finds a text that is not in the catalogue', () => {
  const data = ['Savings'];
  expect(strangers('Send it', data)).toEqual(['Send it']);
  expect(strangers(`${OPEN}ŝéñđ ${VALUE}Savings${VALUE_END}${CLOSE}\0 0x8fd3…7a03`, data)).toEqual(
    [],
  );
  expect(strangers(`${OPEN}ŝéñđ ${VALUE}your chain${VALUE_END}${CLOSE}`, data)).toEqual([
    'your chain',
  ]);
});
