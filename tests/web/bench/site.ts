// One server for the pages of the benchmark: ours and the published client's, each one minified
// bundle and its Wasm, served the same way.
import { build, type Plugin } from 'esbuild';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { inRoot } from '@mica/tools/lib';

const here = dirname(fileURLToPath(import.meta.url));
/** Where the products are; MICA_WASM: others than build/wasm. */
export const wasm = process.env['MICA_WASM'] ?? inRoot('build/wasm');

const packageApart: Plugin = {
  name: 'package-apart',
  setup(on) {
    // The pages' own code is not part of what is measured.
    on.onResolve({ filter: /package\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: '/mica.js', external: true },
    );
  },
};

/** Of a package, of a file in this folder, or of one with its whole path. */
async function bundle(entry: string): Promise<string> {
  const result = await build({
    ...(entry.startsWith('@')
      ? { stdin: { contents: `export * from '${entry}';`, resolveDir: inRoot(), loader: 'js' } }
      : { entryPoints: [resolve(here, entry)] }),
    bundle: true,
    format: 'esm',
    minify: true,
    legalComments: 'none',
    target: 'chrome126',
    absWorkingDir: inRoot(),
    tsconfig: inRoot('tsconfig.base.json'),
    external: ['/client.js', '/verify.mjs'],
    plugins: [packageApart],
    write: false,
    logLevel: 'error',
  });
  return result.outputFiles[0]!.text;
}

export interface Site {
  url: string;
  files: Map<string, [type: string, bytes: Uint8Array | string]>;
  close(): Promise<void>;
}

const html = (script: string, first: string, libraries: string[]) =>
  `<!doctype html><title>bench</title>${first}` +
  libraries.map((file) => `<link rel="modulepreload" href="${file}">`).join('') +
  `<script type="module" src="${script}"></script>`;

// Each begins to load its Wasm as early as its package lets it: theirs takes no compiled module.
const compileOurs =
  '<script>engineWasm = WebAssembly.compileStreaming(fetch("/engine.wasm"))</script>';
const preloadTheirs = '<link rel="preload" href="/index_bg.wasm" as="fetch" crossorigin>';

export async function serveSite(): Promise<Site> {
  const dist = inRoot('node_modules/@linera/client/dist/wasm');
  const js = 'text/javascript';
  const files: Site['files'] = new Map([
    ['/blank', ['text/html', '<!doctype html><title>blank</title>']],
    // A page whose script does nothing: what the browser itself takes.
    ['/empty', ['text/html', html('/empty.js', '', [])]],
    ['/empty.js', [js, 'globalThis.ours = { engineMs: performance.now(), ready: 1 }']],
    ['/ours', ['text/html', html('/ours.js', compileOurs, ['/mica.js', '/engine.mjs'])]],
    ['/theirs', ['text/html', html('/theirs.js', preloadTheirs, ['/client.js'])]],
    ['/ours.js', [js, await bundle('page_ours.ts')]],
    ['/theirs.js', [js, await bundle('page_theirs.ts')]],
    ['/mica.js', [js, await bundle('package.ts')]],
    ['/engine.mjs', [js, await bundle(join(wasm, 'engine.mjs'))]],
    ['/vault.mjs', [js, await bundle(join(wasm, 'vault.mjs'))]],
    ['/client.js', [js, await bundle('@linera/client')]],
    ['/engine.wasm', ['application/wasm', readFileSync(join(wasm, 'engine.wasm'))]],
    ['/vault.wasm', ['application/wasm', readFileSync(join(wasm, 'vault.wasm'))]],
    ['/index_bg.wasm', ['application/wasm', readFileSync(join(dist, 'index_bg.wasm'))]],
  ]);
  const server = createServer((request, response) => {
    const file = files.get((request.url ?? '/').split('?')[0]!);
    response.writeHead(file ? 200 : 404, { 'content-type': file?.[0] ?? 'text/plain' });
    response.end(file?.[1]);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export const oursLoads = ['/mica.js', '/engine.mjs', '/engine.wasm', '/vault.mjs', '/vault.wasm'];
export const theirsLoads = ['/client.js', '/index_bg.wasm'];

/** Bytes of each file as a server would send it: brotli 11. */
export function brotliSizes(site: Site, names: string[]): Record<string, number> {
  const one = (name: string) => {
    const bytes = Buffer.from(site.files.get(name)![1]);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    return brotliCompressSync(bytes, { params }).length;
  };
  return Object.fromEntries(names.map((name) => [name, one(name)]));
}
