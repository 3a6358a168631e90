// The preview as the extension would ship it: one bundle and what is seldom needed, under a policy
// stricter than its own.
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const page =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Mica</title>' +
  '<link rel="icon" href="data:,"><link rel="stylesheet" href="preview.css">' +
  '<div id="root"></div><script type="module" src="preview.js"></script></html>';

export interface Served {
  url: string;
  /** Of the minified bundle. */
  scriptBytes: number;
  close(): Promise<void>;
}

export async function servePreview(): Promise<Served> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['web/wallet/preview/preview.ts'],
    bundle: true,
    write: false,
    outdir: 'build/wallet-preview',
    target: 'chrome126',
    format: 'esm',
    splitting: true,
    chunkNames: 'preview_[name]',
    jsx: 'automatic',
    minify: true,
    tsconfig: 'tsconfig.base.json',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const files = new Map<string, [type: string, body: string]>([['/', ['text/html', page]]]);
  for (const { path, text } of outputFiles) {
    const type = path.endsWith('.css') ? 'text/css' : 'text/javascript';
    files.set(path.replace(/^.*\//, '/'), [type, text]);
  }
  const server: Server = createServer(({ url }, answer) => {
    const file = files.get(new URL(url ?? '/', 'http://here').pathname);
    if (!file) return void answer.writeHead(404).end();
    answer.writeHead(200, { 'content-type': file[0], 'content-security-policy': csp });
    answer.end(file[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    scriptBytes: files.get('/preview.js')?.[1].length ?? 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The Chromium to drive, or null: then there is none here. */
export const chromiumPath = (): string | null =>
  [process.env.MICA_CHROMIUM, '/usr/bin/chromium', '/snap/bin/chromium'].find(
    (path) => path && existsSync(path),
  ) ?? null;
