// The checks check: each rule is shown to bite, and to let good code pass.
import { describe, expect, it } from 'vitest';
import { sourceLists } from './apt.mjs';
import { checkDoors, checkFile as checkLayer, readLayers } from './check_layers.mjs';
import { deadExports } from './dead_exports.mjs';
import { bareCode, checkFile, deadFiles, longFunctions, roomNames } from './tidy.mjs';

const layers = readLayers();
const from = (target) => ['import { x }', ` from '${target}';`].join('');
const faults = (path, text) => checkLayer(path, text, layers).length;

describe('layers', () => {
  it('allows what the table names and what lies below', () => {
    expect(faults('core/types/a.h', '#include "core/bcs/bcs.h"\n')).toBe(0);
    expect(faults('core/worker/a.h', '#include "core/base/bytes.h"\n')).toBe(0);
    expect(faults('extension/a.ts', "import { x } from '@mica/bindings';")).toBe(0);
    expect(faults('web/a.ts', "import { x } from '@mica/wallet-contract/api';")).toBe(0);
  });
  it('refuses what lies above or beside', () => {
    expect(faults('core/base/a.h', '#include "core/types/ids.h"\n')).toBe(1);
    expect(faults('core/rpc/a.cc', '#include "core/views/map.h"\n')).toBe(1);
    expect(faults('core/app/a.cc', '#include "storage-idb/log.h"\n')).toBe(1);
    expect(faults('web/a.ts', from('@mica/extension/doors/page'))).toBe(1);
    expect(faults('js-bindings/provider/a.ts', from('@mica/bindings'))).toBe(1);
    const dynamic = ['await import', "('@mica/web/wallet')"].join('');
    expect(faults('js-bindings/bindings/a.ts', `const x = ${dynamic};`)).toBe(1);
    expect(faults('core/base/a.cc', '#include "tests/core/x.h"\n')).toBe(1);
  });
});

describe('doors of packages', () => {
  const doors = (path, text) => checkDoors(path, text).length;
  it('are the exports, for tests too', () => {
    expect(doors('extension/src/a.ts', from('@mica/wallet-contract/api'))).toBe(0);
    expect(doors('extension/src/a.ts', from('./b.ts'))).toBe(0);
    expect(doors('tests/web/a.ts', from('@mica/devnet/network'))).toBe(0);
  });
  it('are no paths, and nothing that is not exported', () => {
    const up = '../';
    const path = ['..', '..', 'js-bindings', 'bindings', 'src', 'limits.ts'].join('/');
    expect(doors('extension/src/a.ts', from(path))).toBe(1);
    expect(doors('tests/web/a.ts', from(path))).toBe(1);
    expect(doors('tests/web/a.ts', from(up + '../tools/lib.mjs'))).toBe(1);
    expect(doors('tests/fuzz/a.ts', from(up + '../tools/lib.mjs'))).toBe(1);
    expect(doors('web/wallet/a.ts', from(up + '../vitest.config.ts'))).toBe(1);
    expect(doors('tools/a.mjs', from(up + 'core/a.mjs'))).toBe(1);
    expect(doors('tests/web/a.ts', from('@mica/tools/lib'))).toBe(0);
    expect(doors('web/a.ts', from(['@mica/bindings', 'src', 'limits'].join('/')))).toBe(1);
  });
  it('are not gone round by a URL, a worker or require', () => {
    const url = (target) => ['new URL', `('${target}', import.meta.url)`].join('');
    const worker = (target) => ['new Worker', `('${target}')`].join('');
    const required = (target) => ['require', `('${target}')`].join('');
    const limits = ['..', '..', 'js-bindings', 'bindings', 'src', 'limits.ts'].join('/');
    expect(doors('extension/src/a.ts', url(limits))).toBe(1);
    expect(doors('extension/src/a.test.ts', url(limits))).toBe(1);
    expect(doors('extension/src/a.ts', worker(limits))).toBe(1);
    expect(doors('extension/src/a.ts', required(limits))).toBe(1);
    expect(doors('extension/src/a.ts', `new Worker(${url(limits)})`)).toBe(1);
    expect(doors('extension/src/a.ts', url('b.wasm') + worker('c.js') + required('./d'))).toBe(0);
  });
  it('are left by a URL in tests and the preview alone', () => {
    const url = (target) => ['new URL', `('${target}', import.meta.url)`].join('');
    expect(doors('web/wallet/a.ts', url('../../docs/provider.md'))).toBe(1);
    expect(doors('web/wallet/a.test.ts', url('../../docs/provider.md'))).toBe(0);
    expect(doors('web/wallet/preview/a.ts', url('../../../build/vite'))).toBe(0);
  });
});

const lines = (count, line) => `${line}\n`.repeat(count);
const count = (path, text) => checkFile(path, text).length;

describe('tidy', () => {
  it('counts lines, columns and functions', () => {
    expect(count('core/a.cc', lines(600, 'int a;'))).toBe(0);
    expect(count('core/a.cc', lines(601, 'int a;'))).toBe(1);
    expect(count('core/a.h', `#pragma once\n${lines(300, 'int a;')}`)).toBe(1);
    expect(count('web/a.ts', `const a = ${'1'.repeat(100)};\n`)).toBe(1);
    const body = (size) => `int f(int a) {\n${lines(size, '  a += 1;')}}\n`;
    expect(count('core/a.cc', body(68))).toBe(0);
    expect(longFunctions(`namespace mica {\n${body(69)}}\n`)).toEqual([{ line: 2, length: 71 }]);
    expect(longFunctions(`describe('x', () => {\n${body(60)}${body(60)}});`)).toEqual([]);
  });
  it('finds banned words in code, not in comments or strings', () => {
    expect(count('core/a.cc', 'auto* a = new Thing();\n')).toBe(1);
    expect(count('core/a.cc', '// a new thing\nauto a = "new Thing";\n')).toBe(0);
    expect(count('core/a.cc', 'auto f = fopen("x", "r");\n')).toBe(1);
    expect(count('core/a.cc', 'int renew (int);\nint operand(int);\n')).toBe(0);
    expect(count('core/a.cc', 'try { f(); } catch (int) {}\n')).toBe(1);
    expect(count('web/a.ts', 'const a = new Map();\n')).toBe(0);
    expect(bareCode("int a = 1'000; char b = 'x';")).toBe("int a = 1'000; char b = ;");
  });
  it('finds a TRY that would leak', () => {
    expect(count('core/a.cc', 'return Pair{first, MICA_TRY(second())};\n')).toBe(1);
    expect(count('core/a.cc', 'return Pair{first(a, b), 1,\n MICA_TRY(second())};\n')).toBe(1);
    expect(count('core/a.cc', 'return Pair{MICA_TRY(first(a, b)), 1};\n')).toBe(0);
    expect(count('core/a.cc', 'if (a) {\n f(a, b);\n int c = MICA_TRY(d());\n}\n')).toBe(0);
  });
  it('finds machine paths, registry hosts and dead headers', () => {
    expect(count('docs/a.md', `see ${'/ho'}me/somebody/x\n`)).toBe(1);
    expect(count('docs/a.md', `from ${'registry.npm'}js.org\n`)).toBe(1);
    const texts = { 'core/a.h': '', 'core/b.h': '', 'core/a.cc': '#include "core/a.h"\n' };
    expect(deadFiles(Object.keys(texts), (path) => texts[path])).toHaveLength(1);
  });
});

describe('source lists', () => {
  it('reads the machine without failing', () => {
    for (const { text } of sourceLists()) expect(text).not.toMatch(/^(deb |Types: deb$)/m);
  });
});

describe('names of a room', () => {
  const count = (path, text) => roomNames(path, text).length;

  it('stand in its own namespace', () => {
    expect(count('core/types/a.h', 'namespace mica::types {\n}\n')).toBe(0);
    expect(count('core/base/a.h', 'namespace mica::base::limits {\n}\n')).toBe(0);
    expect(count('storage-idb/a.cc', 'namespace mica::storage_idb {\n}\n')).toBe(0);
    expect(count('core/types/a.h', 'namespace mica {\n}\n')).toBe(1);
    expect(count('core/types/a.cc', 'namespace mica::bcs {\n}\n')).toBe(1);
  });
  it('are macros only with a prefix', () => {
    expect(count('core/base/a.h', '#define MICA_CHECK(x) x\n')).toBe(0);
    expect(count('core/base/a.h', '#define CHECK(x) x\n')).toBe(1);
  });
});

describe('dead exports', () => {
  const files = {
    'web/a.ts': 'export const used = 1;\nexport async function dead() {}\nexport type Gone = 1;\n',
    'web/b.ts': "import { used } from './a.ts';\nused();\n",
    'js-bindings/client/src/c.ts': 'export const given = 1;\n',
  };
  const found = (paths) => deadExports(paths, (path) => files[path], Object.keys(files));
  it('are those that nobody else names, but of published packages', () => {
    expect(found(Object.keys(files))).toEqual([
      'web/a.ts: nobody else names dead',
      'web/a.ts: nobody else names Gone',
    ]);
    expect(found(['web/b.ts'])).toEqual([]);
  });
});
