// npm run build:packages: build/packages/<name>, each ready for npm pack: ESM with its Wasm beside
// it, types of their own, and no dependency.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { inRoot, isMain, root, run, say } from './lib.mjs';
import { thirdParty } from './notices.mjs';
import { inTurn } from './turns.mjs';

/** Folder in js-bindings: what is entered, by the names of its exports, its programs, its Wasm. */
export const packages = {
  client: {
    entries: { index: '.', node: './node' },
    programs: { mica: 'cli' },
    wasm: ['engine', 'vault'],
  },
  provider: { entries: { index: '.' }, programs: {}, wasm: [] },
};

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const built = (name, ...more) => inRoot('build/packages', name, ...more);

/** Code and Wasm of a package, into a folder. */
export async function bundle(name, folder) {
  const { entries, programs, wasm } = packages[name];
  const { build } = await import('esbuild');
  const products = {
    name: 'products',
    setup: (on) =>
      on.onResolve({ filter: /^mica:/ }, ({ path }) => ({
        path: inRoot('build/wasm', `${path.slice('mica:'.length)}.mjs`),
      })),
  };
  const source = (entry) => [entry, inRoot('js-bindings', name, 'src', `${entry}.ts`)];
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: root,
    tsconfig: inRoot('tsconfig.base.json'),
    entryPoints: Object.fromEntries(
      [...Object.keys(entries), ...Object.values(programs)].map(source),
    ),
    outdir: folder,
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    external: ['node:*'],
    minifySyntax: true,
    legalComments: 'linked',
    logLevel: 'warning',
    plugins: [products],
  });
  for (const product of wasm) {
    copyFileSync(inRoot(`build/wasm/${product}.wasm`), join(folder, `${product}.wasm`));
  }
  return metafile;
}

// The packages of this repository by name: what each import of theirs stands for.
const sources = readJson(inRoot('package.json')).workspaces.flatMap((folder) => {
  const { name, exports = {} } = readJson(inRoot(folder, 'package.json'));
  return Object.entries(exports).map(([as, path]) => [
    name + as.slice(1),
    posix.join(folder, path),
  ]);
});

// By their paths: what is found in node_modules is declared elsewhere, as the compiler has it.
function writeProject(name, { entries, wasm }) {
  const project = built(`${name}.tsconfig.json`);
  const entry = (one) => inRoot('js-bindings', name, 'src', `${one}.ts`);
  const products = inRoot('js-bindings/bindings/src/host/products.d.ts');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: root,
    outDir: built(name, 'dist/types'),
    paths: Object.fromEntries(sources.map(([as, path]) => [as, [inRoot(path)]])),
    typeRoots: [inRoot('node_modules/@types')],
  };
  const files = Object.keys(entries).map(entry);
  if (wasm.length > 0) files.push(products);
  const extend = inRoot('tsconfig.base.json');
  writeFileSync(project, JSON.stringify({ extends: extend, compilerOptions, files }));
  return project;
}

// The declarations of all that the entries reach, of this repository alone.
async function declare(name, made) {
  const types = built(name, 'dist/types');
  const tsc = inRoot('node_modules/typescript/bin/tsc');
  await run(`types of ${name}`, process.execPath, [tsc, '-p', writeProject(name, made)]);
  for (const path of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.d.ts')) continue;
    const text = readFileSync(join(types, path), 'utf8');
    writeFileSync(join(types, path), withOwnPaths(path, text));
  }
}

/** The text of a declaration file at `path` with every import a relative path to a .js. */
const withOwnPaths = (path, text) =>
  text.replace(/(\bfrom |\bimport\(|\bimport )(['"])([^'"]+)\2/g, (_, before, quote, target) => {
    const found = target.startsWith('.') ? target : relativePath(path, target);
    return `${before}${quote}${found.replace(/\.ts$/, '.js')}${quote}`;
  });

function relativePath(path, target) {
  const found = sources.find(([as]) => as === target);
  return found ? `./${relative(dirname(path), found[1])}`.replace('./..', '..') : target;
}

function manifest(name, { entries, programs }) {
  const folder = join('js-bindings', name);
  const { name: published, version, description } = readJson(inRoot(folder, 'package.json'));
  const { license, engines } = readJson(inRoot('package.json'));
  const door = ([entry, as]) => [
    as,
    { types: `./dist/types/${folder}/src/${entry}.d.ts`, default: `./dist/${entry}.js` },
  ];
  const exports = Object.fromEntries(Object.entries(entries).map(door));
  const bin = Object.fromEntries(
    Object.entries(programs).map(([program, entry]) => [program, `./dist/${entry}.js`]),
  );
  const files = ['dist', 'CHANGELOG.md', 'THIRD_PARTY.txt'];
  const facts = { name: published, version, description, license, type: 'module' };
  return { ...facts, engines, sideEffects: false, exports, bin, files };
}

async function buildPackage(name) {
  const made = packages[name];
  rmSync(built(name), { recursive: true, force: true });
  mkdirSync(built(name, 'dist'), { recursive: true });
  const notices = thirdParty(await bundle(name, built(name, 'dist')), made.wasm.length > 0);
  if (notices) writeFileSync(built(name, 'THIRD_PARTY.txt'), notices);
  await declare(name, made);
  for (const file of ['README.md', 'CHANGELOG.md']) {
    copyFileSync(inRoot('js-bindings', name, file), built(name, file));
  }
  copyFileSync(inRoot('LICENSE'), built(name, 'LICENSE'));
  writeFileSync(built(name, 'package.json'), `${JSON.stringify(manifest(name, made), null, 2)}\n`);
  say(`build/packages/${name}`);
}

/** Of what lies in build/wasm. */
export const buildPackages = () =>
  inTurn('build', async () => {
    await Promise.all(Object.keys(packages).map(buildPackage));
  });

if (isMain(import.meta.url)) await buildPackages();
