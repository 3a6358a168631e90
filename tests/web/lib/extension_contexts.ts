// Every context of the extension that there is now, with a marker of its own in it: what is
// searched must be where a marker was found.
import { randomInt } from 'node:crypto';
import type { Devtools, Session } from './devtools.ts';
import { worldsOf } from './heap_search.ts';
import { needlesOf, type Needle } from './needles.ts';
import { check } from './steps.ts';

export const letters = (count: number): string =>
  Array.from({ length: count }, () => String.fromCharCode(97 + randomInt(26))).join('');

export interface Context {
  name: string;
  session: Session;
  /** The vault's worker: the one place where a key may be. */
  vault: boolean;
  /** In the extension's own process, not in a page's. */
  own: boolean;
  /** In a few forms; the engine's in each that is searched for. */
  marker: Needle[];
}

// Made there out of numbers, so that the script that makes it does not hold it.
async function plant(session: Session, marker: Needle[], world?: number): Promise<void> {
  const forms = JSON.stringify(marker.map(({ bytes }) => [...bytes]));
  const bytes = 'new Uint8Array(Uint8Array.from(form).buffer)';
  const made = `${forms}.map((form) => [String.fromCharCode(...form), ${bytes}])`;
  await session.evaluate(`void (globalThis.planted = ${made})`, world);
}

async function context(name: string, session: Session, world?: number): Promise<Context> {
  const forms = needlesOf(`the ${name}'s marker`, Buffer.from(letters(24)), true);
  const marker = name === 'engine worker' ? forms : forms.slice(0, 3);
  await plant(session, marker, world);
  return { name, session, marker, vault: name === 'vault worker', own: world === undefined };
}

async function workersOf(offscreen: Session): Promise<Context[]> {
  const workers = await offscreen.workers();
  return Promise.all(
    workers.map(({ url, session }) =>
      context(`${/(\w+)_worker\.js$/.exec(url)?.[1]} worker`, session),
    ),
  );
}

/** `page`: where a page with our content script is. */
export async function contextsOf(
  devtools: Devtools,
  extensionId: string,
  page: string,
): Promise<Context[]> {
  const own = `chrome-extension://${extensionId}`;
  const found: Context[] = [];
  for (const { targetId, type, url } of await devtools.targets()) {
    if (type === 'tab' || type === 'worker') continue;
    if (!url.startsWith(`${own}/`) && !url.startsWith(page)) continue;
    const session = await devtools.attach(targetId);
    if (type === 'service_worker') {
      found.push(await context('service worker', session));
    } else if (url.startsWith(page)) {
      const world = (await worldsOf(session)).find(({ origin }) => origin === own);
      check(world, 'a content script in the page');
      found.push(await context('content script', session, world.id));
    } else if (url === `${own}/offscreen.html`) {
      found.push(await context('offscreen page', session), ...(await workersOf(session)));
    } else {
      found.push(await context('wallet window', session));
    }
  }
  return found;
}

/** Collects what JavaScript no longer reaches; then lets go. */
export async function collectAndLeave(contexts: Context[]): Promise<void> {
  for (const { session } of contexts) await session.send('HeapProfiler.collectGarbage');
  for (const { session } of contexts) await session.detach();
}
