// A site with one empty page, for what a page does by script.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface BlankSite {
  /** With the slash at its end. */
  url: string;
  close(): void;
}

export async function serveBlank(): Promise<BlankSite> {
  const server = createServer((_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>page</title>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => void server.close(),
  };
}
