// Builds build/extension: one bundle for each context, the Wasm modules beside them. Deterministic:
// no hashes, no times. tools/build.mjs makes build/mica-chrome.zip of it.
//   tsx extension/build.ts
// MICA_WASM and MICA_OUT name other folders than build/wasm and build/extension.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LANGUAGES } from '@mica/wallet-contract/api';
import { outsideTexts } from '@mica/web/outside';
import { build, type BuildOptions, type Plugin } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const out = process.env['MICA_OUT'] ?? join(root, 'build/extension');
const wasm = process.env['MICA_WASM'] ?? join(root, 'build/wasm');

interface Manifest {
  version: string;
}
const manifest = JSON.parse(readFileSync(join(here, 'manifest.json'), 'utf8')) as Manifest;

// mica:engine and mica:vault are Emscripten's glue; the .wasm is found beside the worker's script.
const wasmModules: Plugin = {
  name: 'mica-modules',
  setup(on) {
    on.onResolve({ filter: /^mica:/ }, ({ path }) => {
      const name = path.slice('mica:'.length);
      if (name === 'version') return { path: name, namespace: 'mica' };
      return { path: join(wasm, `${name}.mjs`) };
    });
    on.onLoad({ filter: /.*/, namespace: 'mica' }, () => ({
      contents: `export default ${JSON.stringify(manifest.version)};`,
    }));
  },
};

// What a worker needs seldom is a file of its own, loaded then: the encoder of modules' bytecode.
const seldom: Plugin = {
  name: 'mica-seldom',
  setup(on) {
    on.onResolve({ filter: /^@hpcc-js\/wasm-zstd$/ }, () => ({
      path: './zstd.js',
      external: true,
    }));
  },
};

const common: BuildOptions = {
  bundle: true,
  outdir: out,
  target: 'chrome126',
  legalComments: 'linked',
  minifySyntax: true,
  sourcemap: false,
  absWorkingDir: root,
  tsconfig: join(root, 'tsconfig.base.json'),
  plugins: [wasmModules],
  loader: { '.svg': 'dataurl', '.woff2': 'file' },
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
};

const entry = (name: string) => join(here, 'src', name);

// By name, so that their files have names without hashes: a window reads them when it speaks them.
const languageFiles = Object.fromEntries(
  LANGUAGES.filter((name) => name !== 'en').map((name) => [
    `words_${name}`,
    join(root, `web/wallet/words/${name}/index.ts`),
  ]),
);

async function buildExtension(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'icons'), { recursive: true });
  const modules: BuildOptions = { ...common, format: 'esm', jsx: 'automatic', minify: true };
  const workers = ['engine_worker', 'vault_worker', 'kdf_worker', 'host_worker'];
  const names = ['service_worker', 'offscreen', ...workers];
  await build({
    ...modules,
    plugins: [wasmModules, seldom],
    entryPoints: Object.fromEntries(names.map((name) => [name, entry(`${name}.ts`)])),
  });
  await build({ ...modules, entryPoints: { zstd: '@hpcc-js/wasm-zstd' } });
  // What a window needs seldom is a file of its own. Workers are one file each: they run nothing
  // before they have given up what they do not need.
  await build({
    ...modules,
    splitting: true,
    chunkNames: 'window_[name]',
    entryPoints: { window: entry('window.ts'), ...languageFiles },
  });
  // Classic scripts: content scripts cannot be modules.
  await build({
    ...common,
    format: 'iife',
    entryPoints: ['content.ts', 'inpage.ts'].map(entry),
  });
  for (const name of ['engine', 'vault']) {
    copyFileSync(join(wasm, `${name}.wasm`), join(out, `${name}.wasm`));
  }
  for (const name of ['wallet.html', 'offscreen.html', 'manifest.json']) {
    copyFileSync(join(here, name), join(out, name));
  }
  for (const size of [16, 32, 48, 128]) {
    copyFileSync(join(here, `icons/${size}.png`), join(out, `icons/${size}.png`));
  }
  for (const language of LANGUAGES) {
    const folder = join(out, '_locales', language);
    mkdirSync(folder, { recursive: true });
    const description = { message: outsideTexts[language]['outside.description'] };
    writeFileSync(join(folder, 'messages.json'), JSON.stringify({ description }));
  }
  const styles = join(out, 'window.css');
  if (!existsSync(styles)) writeFileSync(styles, '');
}

await buildExtension();
