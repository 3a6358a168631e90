// Trouble with the computer: its clock, nobody at it, no room on its disk, damage on it.
import type { Page } from 'playwright-core';
import { call } from './extension.ts';
import { check, same, until } from './steps.ts';
import type { Trouble } from './trouble_world.ts';
import { DATABASES, SETTINGS, tearWrites } from './torn_write.ts';
import * as ui from './wallet_ui.ts';

const HOUR = 3_600_000;
const UNTOUCHED = 'No money has moved.';

export async function clocks(t: Trouble): Promise<void> {
  const { page } = t;
  const ahead = /clock is about 3 hours ahead/;
  await t.step('the clock 3 hours ahead: refused by validators, said, nothing sent', async () => {
    await t.clock(3 * HOUR);
    await t.unlock();
    await t.tryToSend();
    await t.saysFailed('ClockSkew', ahead, UNTOUCHED);
    await t.shoot('clock-ahead-refused');
    await ui.byId(page, 'approval-close').click();
  });
  await t.step('once that is known, not even a signature is made', async () => {
    const before = t.proposals();
    await t.tryToSend();
    await t.saysFailed('ClockSkew', ahead, UNTOUCHED);
    await t.shoot('clock-ahead-not-signed');
    await ui.byId(page, 'approval-close').click();
    await t.tick();
    await t.notice('clock-wrong', /about 3 hours ahead.*nothing can be sent/is);
    await t.shoot('clock-ahead-home');
    same(t.proposals(), before, 'proposals at the validators');
  });
  await t.step('the clock put right: locked, and sending works at once', async () => {
    await t.clock(0);
    await ui.screen(page, 'unlock');
    check(/clock jumped/.test(await page.innerText('body')), 'why it is locked');
    await t.shoot('clock-jump-locked');
    await t.unlock();
    await t.goneNotice('clock-wrong');
    await t.send();
  });
  await t.step('the clock 5 hours behind: said, and sending works', async () => {
    await t.clock(-5 * HOUR);
    await t.unlock();
    await t.send();
    await t.tick();
    await t.notice('clock-wrong', /about 5 hours behind.*sending works/is);
    await t.shoot('clock-behind-home');
    await t.clock(0);
    await t.unlock();
    await t.goneNotice('clock-wrong');
  });
}

export async function locks(t: Trouble): Promise<void> {
  const { page } = t;
  const lockAfter = async (minutes: string) => {
    await ui.goTo(page, '/settings');
    await ui.byId(page, 'lock-after').selectOption(minutes);
    await t.home();
    await until('the vault has it too', async () => {
      const { lockAt } = (await call(page, 'vault', 'getState')) as { lockAt: number };
      return Math.abs(lockAt - Date.now() - Number(minutes) * 60_000) < 20_000;
    });
  };
  await t.step('nobody there for the minute that was set: locked, and it says why', async () => {
    await lockAfter('1');
    await t.clock(50_000);
    await ui.screen(page, 'home');
    await t.clock(65_000);
    await ui.screen(page, 'unlock');
    check(/nobody was here/.test(await page.innerText('body')), 'why it is locked');
    await t.shoot('idle-locked');
    await t.clock(0);
    await t.unlock();
    await lockAfter('10');
  });
  await t.step('the screen is locked: so is the wallet', async () => {
    await t.inServiceWorker(() => {
      type Event = { dispatch(value: unknown): void };
      (chrome.idle.onStateChanged as unknown as Event).dispatch('locked');
    });
    await ui.screen(page, 'unlock');
    await t.unlock();
  });
}

/** So little room for the extension, until the returned function is called. */
async function fillDisk(t: Trouble): Promise<() => Promise<void>> {
  const session = await t.world.browser.context.newCDPSession(t.page);
  const origin = `chrome-extension://${t.world.browser.extensionId}`;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  return () => session.detach();
}

/** Nothing is left that the wallet would write of itself, now or at its next start. */
async function atRest({ world }: Trouble): Promise<void> {
  await world.settled();
  await until('all is delivered', async () => {
    const all = await Promise.all(world.chainIds().map((chainId) => world.activity(chainId)));
    return all.flat().every(({ state }) => state === 'delivered');
  });
}

async function startAnew(t: Trouble): Promise<void> {
  await t.world.browser.close();
  await t.world.reopenPage();
}

export async function fullDisk(t: Trouble): Promise<void> {
  const name = 'no room on the disk: refused, said, nothing sent; with room it goes on';
  await t.step(name, async () => {
    await atRest(t);
    await startAnew(t);
    await t.unlock();
    await atRest(t);
    // Anew: a running browser has already allotted room to the database.
    await startAnew(t);
    const makeRoom = await fillDisk(t);
    try {
      await t.unlock();
      await ui.networkIs(t.page, 'ready');
      await refusedForLackOfRoom(t);
    } finally {
      await makeRoom();
    }
    await ui.networkIs(t.page, 'ready', 90_000);
    await until('nothing failed', async () => (await ui.byId(t.page, 'failure').count()) === 0);
    await t.send();
  });
}

async function refusedForLackOfRoom(t: Trouble): Promise<void> {
  const before = t.proposals();
  const balance = await shownBalance(t);
  await t.tryToSend();
  await t.saysFailed('StorageFull', /disk is full/i, UNTOUCHED);
  await t.shoot('disk-full-transfer');
  await ui.byId(t.page, 'approval-close').click();
  await t.says('StorageFull', /goes on by itself/);
  await t.shoot('disk-full-home');
  same(await shownBalance(t), balance, 'the balance is still shown');
  same(t.proposals(), before, 'proposals at the validators');
}

const shownBalance = async (t: Trouble) =>
  (await t.world.state()).chains.find(({ chainId }) => chainId === t.world.normal)?.chainBalance;

interface StoredFile {
  name: string;
  sum: string;
}

/** Names and sums of the store's files; with `damage`, a byte of each log file is flipped. */
function storeFiles(page: Page, damage: boolean): Promise<StoredFile[]> {
  return page.evaluate(async (damage) => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
    const files: { name: string; sum: string }[] = [];
    for (const { name: database } of await indexedDB.databases()) {
      if (!database?.startsWith('/mica/')) continue;
      const open = await answer(indexedDB.open(database));
      const store = open.transaction('FILE_DATA', 'readonly').objectStore('FILE_DATA');
      const [names, records] = await Promise.all([
        answer(store.getAllKeys()) as Promise<string[]>,
        answer(store.getAll()) as Promise<{ contents: Uint8Array }[]>,
      ]);
      for (const [at, name] of names.entries()) {
        const record = records[at]!;
        if (damage && /\/log-[^/]*$/.test(name)) {
          const middle = record.contents.length >> 1;
          record.contents[middle] = record.contents[middle]! ^ 0xff;
          const writing = open.transaction('FILE_DATA', 'readwrite').objectStore('FILE_DATA');
          await answer(writing.put(record, name));
        }
        const bytes = new Uint8Array(record.contents);
        const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
        files.push({ name, sum: [...sum].map((b) => b.toString(16)).join('') });
      }
      open.close();
    }
    return files.sort((a, b) => a.name.localeCompare(b.name));
  }, damage);
}

export async function damagedStore(t: Trouble): Promise<void> {
  const { world } = t;
  await t.step(
    'a damaged store: named, nothing overwritten, everything fetched again',
    async () => {
      const chains = (await world.state()).chains.length;
      const before = (await world.state()).chains.find(({ chainId }) => chainId === world.normal)!;
      const damaged = await storeFiles(world.page, true);
      check(
        damaged.some(({ name }) => name.includes('/log-')),
        'log files',
      );
      await world.browser.close();
      await world.reopenPage();
      await ui.unlock(world.page);
      await t.says('StorageCorrupt', /money is safe.*fetch everything again/is);
      await t.shoot('store-damaged');
      same(await storeFiles(world.page, false), damaged, 'the files of the store');
      await ui.byId(world.page, 'repair-store').click();
      await ui.networkIs(world.page, 'ready', 30_000);
      const after = await until('the chain is back', async () =>
        (await world.state()).chains.find(
          ({ chainId, synchronized }) => chainId === world.normal && synchronized,
        ),
      );
      same(after.chainBalance, before.chainBalance, 'balance');
      same(after.nextBlockHeight, before.nextBlockHeight, 'height');
      const kept = (await storeFiles(world.page, false)).filter(({ name }) =>
        /\/bad-log/.test(name),
      );
      check(kept.length > 0, 'the damaged files are kept');
      same((await world.state()).chains.length, chains, 'all its chains');
      await t.notice('store-lost', /before you repeat it/);
      await t.shoot('store-repaired');
      await ui.byId(t.page, 'store-lost-read').click();
      await t.send();
    },
  );
}

// What is written from here on is lost at the next start.
async function startTorn(t: Trouble, kind: string): Promise<void> {
  await atRest(t);
  await t.world.browser.close();
  tearWrites(t.world.profile.folder, kind);
  await t.world.reopenPage();
  await t.unlock();
}

export async function lostStore(t: Trouble): Promise<void> {
  const { world } = t;
  const shown = async () =>
    (await world.state()).chains.map((chain) => {
      const { chainId, label, owner, chainBalance, nextBlockHeight } = chain;
      return { chainId, label, owner, chainBalance, nextBlockHeight };
    });
  await t.step('the browser drops its database: said, all chains and money are back', async () => {
    await startTorn(t, DATABASES);
    await t.send();
    await atRest(t);
    const before = await shown();
    await startAnew(t); // here Chromium finds the bad record
    await t.unlock();
    await t.notice('store-lost', /keys and your money are safe.*before you repeat it/is);
    await until('all chains are back', async () =>
      (await world.state()).chains.every(({ synchronized }) => synchronized),
    );
    same(await shown(), before, 'chains');
    await t.shoot('store-lost');
    await ui.byId(t.page, 'store-lost-read').click();
    await t.goneNotice('store-lost');
    await t.send();
    await startAnew(t);
    await t.unlock();
    await t.goneNotice('store-lost');
  });
}

/** Its fast proposal reached one validator, which is away when the wallet begins anew. */
export async function lostFastBlock(t: Trouble): Promise<void> {
  const { world } = t;
  const { watch, net, fast, normal } = world;
  const name = 'the same amid a fast block: the fast round stays with what was signed';
  await t.step(name, async () => {
    await startTorn(t, DATABASES);
    const since = t.proposals();
    const rounds = () => watch.proposals.slice(since).map(({ round }) => round.$);
    watch.gate = ({ chainId, validator }) => {
      if (chainId !== fast) return 'pass';
      return validator === 0 ? 'mute' : 'drop';
    };
    const first = await world.prepare({ chainId: fast, recipient: normal, amount: 5n });
    await world.approve(first);
    await until('the proposal', () => rounds().includes('Fast'));
    await world.browser.close();
    watch.gate = () => 'pass';
    net.faults[0] = 'down';
    await world.reopenPage();
    await t.unlock();
    await t.notice('store-lost', /before you repeat it/);
    await ui.byId(t.page, 'store-lost-read').click();
    const before = rounds().length;
    await world.pay({ chainId: fast, recipient: normal, amount: 6n });
    same([...new Set(rounds().slice(before))], ['MultiLeader'], 'rounds of the new block');
    net.faults[0] = 'up';
    same(watch.fastConflicts(), [], 'two proposals in a fast round');
  });
}

export async function lostSettings(t: Trouble): Promise<void> {
  const { world } = t;
  await t.step('the browser forgets what it stored of settings: a copy is there', async () => {
    await startTorn(t, SETTINGS);
    const label = `Kept ${Date.now()}`;
    await call(t.page, 'wallet', 'labelChain', { chainId: world.normal, label });
    await startAnew(t);
    const shown = await until('the chain', async () =>
      (await world.state()).chains.find(({ chainId }) => chainId === world.normal),
    );
    same(shown.label, label, 'the label');
    await t.unlock();
    await t.send();
  });
}
