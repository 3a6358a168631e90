// A site of a stranger's folder: the installed packages as they are, and one page with page.js.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

export interface PackageSite {
  /** With the slash at its end. */
  url: string;
  close(): void;
}

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};
const BLANK = '<!doctype html><title>page</title><body></body>';
const IMPORTS = '{"imports":{"@mica/client":"/client/index.js"}}';
const PAGE = `${BLANK}<script type="importmap">${IMPORTS}</script>
<script type="module" src="/page.js"></script>`;

export async function servePackages(folder: string): Promise<PackageSite> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://site').pathname);
    if (path === '/' || path === '/blank') {
      const text = path === '/' ? PAGE : BLANK;
      return response.writeHead(200, { 'content-type': 'text/html' }).end(text);
    }
    const inPackage = /^\/(client|provider)\/(.*)$/.exec(path);
    const file = inPackage
      ? join(folder, 'node_modules/@mica', inPackage[1]!, 'dist', inPackage[2]!)
      : join(folder, path);
    if (!existsSync(file)) return response.writeHead(404).end();
    const type = types[extname(file)] ?? 'application/octet-stream';
    return response.writeHead(200, { 'content-type': type }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
