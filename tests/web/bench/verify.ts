// Certificates verified per second: libsecp256k1 as Wasm with the product's settings in Node and in
// Chromium, and native, by processor time and in turns, so that other work does not count.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { inRoot } from '@mica/tools/lib';
import { launchChromium } from '../lib/published.ts';
import { median, type Row } from './report.ts';
import { wasm, type Site } from './site.ts';

const deps = inRoot('build/deps/secp256k1');
const out = (name: string) => inRoot('build/bench', name);
const source = inRoot('tests/web/bench/verify.c');
const flags = [
  '-O3',
  '-w',
  '-fno-strict-aliasing',
  `-I${deps}/include`,
  `-I${deps}`,
  `-I${deps}/src`,
];
// As cmake/c_libraries.cmake has them for Wasm.
const settings = ['ENABLE_MODULE_RECOVERY=1', 'ECMULT_GEN_PREC_BITS=4', 'ECMULT_WINDOW_SIZE=8'];
const CHECKS = 1000;

interface Module {
  _prepare(): void;
  _check(count: number): number;
}

function compile(command: string, args: string[]): void {
  const env = { ...process.env, NODE_PATH: '/usr/share/nodejs' };
  const { status, stderr } = spawnSync(command, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${stderr.slice(-500)}`);
}

function native(name: string, more: string[]): () => number {
  const files = ['secp256k1', 'precomputed_ecmult', 'precomputed_ecmult_gen'];
  const sources = files.map((file) => `${deps}/src/${file}.c`);
  const defines = [...settings, ...more].map((define) => `-D${define}`);
  compile('clang', [...flags, ...defines, source, ...sources, '-o', out(name)]);
  return () => Number(spawnSync(out(name), [String(2 * CHECKS)], { encoding: 'utf8' }).stdout);
}

// Linked as the products are.
function linkWasm(): void {
  const libraries = [inRoot('build/wasm/libsecp256k1.a'), '-o', out('verify.mjs')];
  const link = ['-Oz', '-sMODULARIZE', '-sEXPORT_ES6', '-sENVIRONMENT=web,worker'];
  link.push('-sALLOW_MEMORY_GROWTH', '-sFILESYSTEM=0');
  compile('emcc', [...flags, source, ...libraries, ...link]);
}

async function inNode(): Promise<() => number> {
  const factory = (await import(out('verify.mjs'))).default as (o: object) => Promise<Module>;
  const module = await factory({ wasmBinary: readFileSync(out('verify.wasm')) });
  module._prepare();
  module._check(CHECKS);
  return () => {
    const before = process.cpuUsage();
    if (module._check(CHECKS) !== CHECKS / 2) throw new Error('wrong in Node');
    const { user, system } = process.cpuUsage(before);
    return CHECKS / ((user + system) / 1e6);
  };
}

async function inChromium(browser: Browser, site: Site): Promise<() => Promise<number>> {
  site.files.set('/verify.mjs', ['text/javascript', readFileSync(out('verify.mjs'))]);
  site.files.set('/verify.wasm', ['application/wasm', readFileSync(out('verify.wasm'))]);
  const page: Page = await (await browser.newContext()).newPage();
  await page.goto(`${site.url}/blank`);
  await page.evaluate(async () => {
    const source = '/verify.mjs';
    const module = (await (await import(source)).default()) as Module;
    module._prepare();
    module._check(1000);
    Object.assign(globalThis, { verifier: module });
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
  return async () => {
    const before = await busy();
    const good = await page.evaluate(
      (count) => (globalThis as unknown as { verifier: Module }).verifier._check(count),
      CHECKS,
    );
    if (good !== CHECKS / 2) throw new Error('wrong in Chromium');
    return CHECKS / ((await busy()) - before);
  };
}

export async function measureVerify(site: Site, rounds: number): Promise<Row[]> {
  mkdirSync(out(''), { recursive: true });
  linkWasm();
  const browser = await launchChromium();
  try {
    const programs = {
      native: native('verify-native', []),
      // The same arithmetic too, which no native build would choose.
      native32: native('verify-native-32', ['USE_FORCE_WIDEMUL_INT64=1']),
      node: await inNode(),
      chromium: await inChromium(browser, site),
    };
    const rates = { native: [], native32: [], node: [], chromium: [] } as Record<string, number[]>;
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, run] of Object.entries(programs)) rates[name]!.push(await run());
    }
    const rate = (name: string) => median(rates[name]!);
    const row = (place: string, name: string, least: number): Row => ({
      what: `certificates verified, Wasm in ${place} (native: ${rate('native').toFixed(0)} /s)`,
      unit: '/s',
      ours: rate(name),
      theirs: null,
      target: {
        text: `${least} of native or more; is ${(rate(name) / rate('native')).toFixed(2)}`,
        reached: rate(name) >= least * rate('native'),
      },
      detail: { rates, module: wasm },
    });
    return [row('Node', 'node', 0.5), row('Chromium', 'chromium', 0.35)];
  } finally {
    await browser.close();
  }
}
