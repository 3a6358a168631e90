// IdbStore compiled to Wasm over NodeMount: the whole path a validator's store takes.
// Needs build/wasm/storage_harness.mjs (cmake --build --preset wasm --target storage_harness).
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness } from './harness.ts';
import type { HarnessModule } from './harness.ts';
import { NodeMount } from './node.ts';

const built = process.env['MICA_HARNESS'] ?? join(process.cwd(), 'build/wasm/storage_harness.mjs');
const temporary = mkdtempSync(join(tmpdir(), 'mica-wasm-'));
afterAll(() => rmSync(temporary, { recursive: true }));

describe.skipIf(!existsSync(built))('IdbStore as Wasm in a folder', () => {
  let create: (options: object) => Promise<HarnessModule>;
  beforeAll(async () => {
    create = (await import(pathToFileURL(built).href)).default;
  });
  const wasm = () => readFileSync(built.replace(/mjs$/, 'wasm'));
  const open = async (path: string) => {
    const module = await create({ wasmBinary: wasm() });
    return Harness.open(module, await NodeMount.open(module, '/mica/aa', path, { sync: false }));
  };

  it('finds everything again, and only what was flushed', async () => {
    const path = join(temporary, 'a');
    let harness = await open(path);
    for (let n = 0; n < 300; ++n) {
      harness.commit();
      if (n % 3 === 0) await harness.flush();
    }
    await harness.flush();
    await harness.verify();
    harness.commit();
    await harness.mount.close(); // this one was never flushed
    harness = await open(path);
    expect(harness.last()).toBe(300);
    await harness.verify();
    const names = readdirSync(path);
    expect(names.filter((name) => name.startsWith('seg-')).length).toBeGreaterThan(10);
    expect(names.filter((name) => name.startsWith('log-')).length).toBeLessThan(60);
    await harness.mount.close();
  });

  it('names a damaged file', async () => {
    const path = join(temporary, 'b');
    const harness = await open(path);
    for (let n = 0; n < 5; ++n) harness.commit();
    await harness.flush();
    await harness.mount.close();
    const name = readdirSync(path).find((file) => file.startsWith('log-'))!;
    const bytes = readFileSync(join(path, name));
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(join(path, name), bytes);
    await expect(open(path)).rejects.toThrow(name);
  });
});
