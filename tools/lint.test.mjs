import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { root } from './lib.mjs';

const eslint = new ESLint({ cwd: root });
async function complaints(path, text) {
  const [{ messages }] = await eslint.lintText(text, { filePath: `${root}/${path}` });
  return messages.map(({ ruleId }) => ruleId);
}

describe('a timer', () => {
  it.each(['extension/src/a.ts', 'web/wallet/a.tsx', 'js-bindings/client/src/a.ts'])(
    'has an owner in %s',
    async (path) => {
      for (const call of ['setInterval', 'setTimeout', 'window.setTimeout', 'self.setInterval']) {
        expect(await complaints(path, `${call}(run, 1);\n`)).toEqual(['no-restricted-globals']);
      }
      expect(await complaints(path, 'wakeIn(1, run);\n')).toEqual([]);
    },
  );

  it.each(['js-bindings/bindings/src/wake.ts', 'web/wallet/a.test.ts', 'tools/a.mjs'])(
    'is nobody else’s business in %s',
    async (path) => {
      expect(await complaints(path, 'setTimeout(run, 1);\n')).toEqual([]);
    },
  );
});

describe('a chain id, a hash, an amount', () => {
  const cast = 'export const made = (bytes) => bytes as ChainId;\n';

  it.each(['extension/src/a.ts', 'tests/web/a.ts', 'js-bindings/client/src/a.test.ts'])(
    'is not made by a cast in %s',
    async (path) => expect(await complaints(path, cast)).toEqual(['no-restricted-syntax']),
  );
  it('is made in one place', async () => {
    expect(await complaints('js-bindings/bindings/src/codec/scalars.ts', cast)).toEqual([]);
  });
});
