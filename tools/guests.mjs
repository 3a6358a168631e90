// build/guests: the applications of tests/guests as Wasm modules, by the clang that emscripten
// brings, for the oldest WebAssembly, which is what validators take of contracts.
import { mkdirSync, readdirSync } from 'node:fs';
import { inRoot, isMain, root, run } from './lib.mjs';
import { inTurn } from './turns.mjs';

const flags = ['--target=wasm32', '-mcpu=mvp', '-std=c++20', '-O2', '-Wall', '-Wextra', '-Werror'];
const free = [
  '-nostdlib',
  '-ffreestanding',
  '-fno-exceptions',
  '-fno-rtti',
  '-Wl,--no-entry,-s',
  `-I${root}`,
];

export const buildGuests = () =>
  inTurn('build', async () => {
    mkdirSync(inRoot('build/guests'), { recursive: true });
    const sources = readdirSync(inRoot('tests/guests')).filter((name) => name.endsWith('.cc'));
    for (const source of sources) {
      const module = inRoot('build/guests', source.replace(/\.cc$/, '.wasm'));
      const args = [...flags, ...free, inRoot('tests/guests', source), '-o', module];
      await run(`compile ${source}`, 'clang++', args);
    }
  });

if (isMain(import.meta.url)) await buildGuests();
