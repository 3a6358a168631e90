// The reference in docs/provider.md is written from the methods' files and their doc comments; run
// vitest with -u to write it anew.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { providerCodes, providerReasons, type ProviderCode } from '@mica/provider';
import { methods } from './index.ts';
import type { Method } from './method.ts';

const page = new URL('../../../../docs/provider.md', import.meta.url);
const meanings: Record<ProviderCode, string> = {
  userRejected: 'the person said no',
  unauthorized: 'not allowed',
  unsupportedMethod: 'no such method',
  disconnected: 'no network, or the wallet is gone',
  limitExceeded: 'too much at once',
  invalidRequest: 'not a request',
  invalidParams: 'a parameter is wrong',
  internal: 'it did not work',
};
const access: Record<Method['access'], string> = {
  public: 'Anybody',
  granted: 'A connected site',
  person: 'A person decides',
};

// The doc comments before methods, by the methods' names.
function comments(): Map<string, string> {
  const found = new Map<string, string>();
  const files = readdirSync(import.meta.dirname).filter((file) => /^[a-z_]+\.ts$/.test(file));
  for (const file of files) {
    const source = readFileSync(new URL(file, import.meta.url), 'utf8');
    const pattern = /\/\*\*\n((?: \*.*\n)+) \*\/\nexport const \w+ = \w+\(\{\n {2}name: '(\w+)'/g;
    for (const [, lines = '', name = ''] of source.matchAll(pattern)) {
      found.set(name, lines.replace(/^ \* ?/gm, '').trimEnd());
    }
  }
  return found;
}

const named = (reasons: readonly string[]) => reasons.map((reason) => `\`${reason}\``).join(', ');

function methodsText(): string {
  const texts = comments();
  return [...methods.values()]
    .map(({ name, reasons, ...its }) => {
      const of = reasons.length > 0 ? ` Reasons: ${named(reasons)}.` : '';
      const text = texts.get(name) ?? '(no comment)';
      return `### ${name}\n\n*${access[its.access]}.*${of}\n\n${text}\n`;
    })
    .join('\n');
}

function errorsText(): string {
  const rows = (Object.keys(meanings) as ProviderCode[])
    .map((code) => [providerCodes[code], meanings[code], named(providerReasons[code])] as const)
    .sort(([a], [b]) => b - a);
  return ['| code | meaning | reasons |', '|---|---|---|']
    .concat(rows.map((cells) => `| ${cells.join(' | ')} |`))
    .concat('')
    .join('\n');
}

const between = (text: string, mark: string, part: string) =>
  text.replace(
    new RegExp(`(<!-- ${mark} -->\n)[^]*(<!-- /${mark} -->)`),
    (_all, before: string, after: string) => `${before}\n${part}\n${after}`,
  );

describe('docs/provider.md', () => {
  it('has the reference that the methods make', async () => {
    const written = readFileSync(page, 'utf8');
    const made = between(between(written, 'methods', methodsText()), 'errors', errorsText());
    await expect(made).toMatchFileSnapshot(page.pathname);
  });
  it('says of each method what it is, with an example of it', () => {
    const texts = comments();
    const without = [...methods.keys()].filter((name) => {
      const [, example = ''] = /```js\n([^]*?)```/.exec(texts.get(name) ?? '') ?? [];
      return !example.includes(`method: '${name}'`);
    });
    expect(without).toEqual([]);
  });
});

describe('a method', () => {
  it('has a name that the door lets in, and is listed under it', () => {
    for (const [name, method] of methods) {
      expect(method.name).toBe(name);
      expect(name).toMatch(/^\w{1,64}$/);
    }
  });
  it('is every file of this folder that defines one', () => {
    expect([...comments().keys()].sort()).toEqual([...methods.keys()].sort());
  });
});
