// Builds the demo dApp page into build/web. The wallet's UI is bundled by the extension.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(dirname(here), 'build/web');

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  entryPoints: [join(here, 'demo/demo.ts'), join(here, 'demo/demo.css')],
  bundle: true,
  format: 'esm',
  target: 'es2022',
  outdir: out,
  logLevel: 'warning',
});
copyFileSync(join(here, 'demo/index.html'), join(out, 'index.html'));
