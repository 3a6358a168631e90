// A copy of the built extension for a computer that can be set wrong: each of its contexts takes
// its time from a Date that a test shifts, and the browser's quota counts for it, which otherwise
// only a full disk would be for who has "unlimitedStorage". Nothing else of it is changed.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ownExtension } from './own_extension.ts';
import { scratch } from './scratch.ts';

const contexts = ['service_worker', 'offscreen', 'engine_worker', 'vault_worker', 'window'];

// A context that starts later asks the others what the clock shows.
const prelude = `{
  const Real = Date;
  let shift = 0;
  globalThis.Date = class Date extends Real {
    constructor(...parts) {
      if (parts.length > 0) super(...parts);
      else super(Real.now() + shift);
    }
    static now() { return Real.now() + shift; }
  };
  const channel = new BroadcastChannel('test-clock');
  channel.onmessage = ({ data }) => {
    if (typeof data === 'number') {
      shift = data;
      channel.postMessage({ set: location.pathname });
    } else if (data === 'ask' && shift !== 0) channel.postMessage(shift);
  };
  channel.postMessage('ask');
}
`;

export interface ExtensionCopy {
  folder: string;
  remove(): void;
}

export async function copyExtension(): Promise<ExtensionCopy> {
  const folder = scratch('computer');
  cpSync(await ownExtension(), folder, { recursive: true });
  for (const name of contexts) {
    const file = join(folder, `${name}.js`);
    writeFileSync(file, prelude + readFileSync(file, 'utf8'));
  }
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { permissions: string[] };
  manifest.permissions = manifest.permissions.filter((one) => one !== 'unlimitedStorage');
  writeFileSync(file, JSON.stringify(manifest));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Sets the clock of the whole extension to so many milliseconds ahead of the true time. */
export const setClock = (page: Page, aheadMs: number): Promise<void> =>
  page.evaluate(async (ms) => {
    const waitedFor = new Set(['/engine_worker.js', '/vault_worker.js']);
    const channel = new BroadcastChannel('test-clock');
    await new Promise<void>((done) => {
      channel.onmessage = ({ data }: MessageEvent<{ set?: string }>) => {
        waitedFor.delete(data.set ?? '');
        if (waitedFor.size === 0) done();
      };
      channel.postMessage(ms);
    });
    channel.close();
  }, aheadMs);
