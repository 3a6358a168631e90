// Every message has somebody who sends it and somebody who hears it.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.ts$/.test(path) && !/\.test\.ts$|shared\/wire\.ts$|^testing\//.test(path),
);
const sources = files.map((path) => readFileSync(join(folder, path), 'utf8')).join('\n');

const wire = readFileSync(join(folder, 'shared/wire.ts'), 'utf8');
const kinds = [...new Set([...wire.matchAll(/\{ kind: '(\w+)'/g)].map(([, kind = '']) => kind))];

describe('messages between the contexts', () => {
  it('are found', () => expect(kinds.length).toBeGreaterThan(15));
  it.each(kinds)('%s has a sender and a hearer', (kind) => {
    expect(sources).toMatch(new RegExp(`\\{ kind: '${kind}'`));
    expect(sources).toMatch(new RegExp(`(case |kind [!=]== )'${kind}'`));
  });
});
