// The README's table of test ids against the sources: what is found by them is found there too.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const wallet = new URL('..', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, wallet), 'utf8');
const sources = ['app.tsx']
  .concat(
    ['parts', 'parts/operations', 'screens'].flatMap((folder) =>
      readdirSync(fileURLToPath(new URL(folder, wallet)))
        .filter((name) => name.endsWith('.tsx'))
        .map((name) => `${folder}/${name}`),
    ),
  )
  .map(read)
  .join('\n');

/** Whole ids, and the beginnings of those that end in a value. */
const whole = new Set<string>();
const begun = new Set<string>();
const named = /(?:data-testid|\btestid)(?:=|'?: |: string = | = )/;
const value = /(?:"([a-z-]+)"|\{?'([a-z-]+)'|\{?`([a-z-]+)\$\{)/;
const places = new RegExp(named.source + value.source, 'gi');
for (const [, plain, quoted, begin] of sources.matchAll(places)) {
  if (begin) begun.add(begin);
  else whole.add((plain ?? quoted)!);
}
for (const [, id] of sources.matchAll(/data-testid=\{[^}`]*?'([a-z-]+)'/g)) whole.add(id!);
for (const [, id] of sources.matchAll(/<(?:Page|Section)\s+(?:[^>]*?\s)?id="([a-z-]+)"/g)) {
  whole.add(`screen-${id}`);
}

const readme = read('README.md');
const table = readme.slice(readme.indexOf('## `data-testid`'));
const [screens = '', rest = ''] = table.split('\n\n|');
const listed = new Set<string>();
for (const id of (screens.split('`screen-<id>`: ')[1] ?? '').match(/[a-z-]+/g) ?? []) {
  listed.add(`screen-${id}`);
}
for (const [, id] of rest.matchAll(/`([a-z][A-Za-z-]*(?:<[a-z]+>)?)`/g)) {
  if (!id!.startsWith('data-')) listed.add(id!);
}

it('has every id of the sources', () => {
  expect([...whole].filter((id) => !listed.has(id)).sort()).toEqual([]);
});
it('has no id that the sources lack', () => {
  // The second field of a new password, of whatever id the first one has.
  const known = (id: string) =>
    whole.has(id.replace(/-again$/, '')) ||
    [...begun].some((begin) => id.startsWith(begin) && id.length > begin.length);
  expect([...listed].filter((id) => !known(id)).sort()).toEqual([]);
});
