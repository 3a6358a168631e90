// A page and the wallet: discover, connect, read, ask; approve, reject, sign in, revoke.
import type { DemoWorld, Note } from './demo_world.ts';
import { attos, badgeIs, chainIn, closeWindows, openWindow } from './demo_wallet.ts';
import * as dapp from './dapp.ts';
import { activityOf, letAskAgain, stateOf } from './extension.ts';
import { check, same, sleep, until } from './steps.ts';
import * as ui from './wallet_ui.ts';

interface Failed {
  error?: { code: number };
}

export async function demoPage(world: DemoWorld): Promise<void> {
  const { a, b } = world;
  await world.step('the page discovers the wallet', async () => {
    world.dapp = await dapp.openDapp(a.browser.context, world.pageUrl);
    await dapp.discovered(world.dapp);
    await world.shoot(world.dapp, 'dapp-discovered');
  });
  const page = world.dapp;
  await world.step('private reads are refused before connecting', async () => {
    const { error } = await dapp.request(page, 'linera_getBalance', { chainId: a.chainId });
    same(error?.code, 4100, 'code');
  });
  await world.step('connecting refused: 4001', async () => {
    const answer = dapp.request(page, 'linera_requestAccounts');
    const window = await a.browser.approvalPage();
    await ui.screen(window, 'connect');
    await ui.byId(window, 'reject').click();
    same(((await answer) as Failed).error?.code, 4001, 'code');
    await gone(world);
    await letAskAgain(a.page, new URL(page.url()).origin);
  });
  await world.step('connect: the person chooses which chain the page sees', async () => {
    await dapp.connect(page);
    const window = await a.browser.approvalPage();
    await ui.screen(window, 'connect');
    const boxes = await ui.byId(window, 'connect-chain').all();
    same(boxes.length, 2, 'chains to choose from');
    for (const box of boxes) {
      await box.setChecked((await box.getAttribute('data-chain')) === a.chainId);
    }
    await ui.armed(window);
    await world.shoot(window, 'approval-connect');
    await ui.approve(window);
    await dapp.connected(page);
    const { result } = await dapp.request(page, 'linera_accounts');
    const owner = chainIn(await stateOf(a.page), a.chainId).owner!;
    same(result, [`${owner}@${a.chainId}`], 'what the page sees');
  });
  await world.step('the page reads the balance', async () => {
    await dapp.balanceShows(page, '100');
    await world.shoot(page, 'dapp-connected');
  });
  await world.step('a transfer approved: sentence, balances before and after, certified', (note) =>
    approvedTransfer(world, note),
  );
  await world.step(
    'wallet B was told by push, received without a window, shows a badge',
    async (note) => {
      note({ badge: await badgeIs(b, /^\+1$/) });
      await openWindow(b);
      await ui.balanceIs(b.page, '107');
      const [newest] = await activityOf(b.page, b.chainId, 1);
      same(newest?.amount, attos('7'), 'received');
      note({ chainId: b.chainId, height: newest!.height, blockHash: newest!.blockHash });
      await ui.byId(b.page, 'activity-entry').first().waitFor();
      await world.shoot(b.page, 'home-received');
    },
  );
  await refusals(world);
  await survive(world);
  await lockedAndSignIn(world);
}

async function refusals(world: DemoWorld): Promise<void> {
  const { a, b, dapp: page } = world;
  await world.step('a transfer rejected: 4001, nothing sent', async () => {
    const before = chainIn(await stateOf(a.page), a.chainId);
    await dapp.askTransfer(page, b.chainId, '5');
    const window = await a.browser.approvalPage();
    await ui.readApproval(window);
    await ui.byId(window, 'reject').click();
    await page.locator('#status[data-tone=bad]').waitFor();
    check((await page.locator('#status').innerText()).includes('said no'), '4001 on the page');
    await world.shoot(page, 'dapp-rejected');
    await gone(world);
    await letAskAgain(a.page, new URL(page.url()).origin);
    same(chainIn(await stateOf(a.page), a.chainId), before, 'the chain');
  });
  await world.step('the approval window closed without a word is a no', async () => {
    const answer = dapp.request(page, 'linera_transfer', {
      chainId: a.chainId,
      recipient: b.chainId,
      amount: '5',
    });
    const window = await a.browser.approvalPage();
    await ui.readApproval(window);
    await window.close();
    same(((await answer) as Failed).error?.code, 4001, 'code');
    await letAskAgain(a.page, new URL(page.url()).origin);
  });
  await world.step('a page that floods is told so, and does not hurt', async (note) => {
    const all = Array.from({ length: 90 }, () => dapp.request(page, 'linera_chainId'));
    const codes = (await Promise.all(all)).map(({ error }) => error?.code ?? 0);
    const refused = codes.filter((code) => code === -32005).length;
    note({ refused });
    check(refused > 0 && refused < 90, `some refused, not ${refused}`);
    await sleep(2500);
    same((await dapp.request(page, 'linera_chainId')).error, undefined, 'afterwards');
  });
}

const gone = (world: DemoWorld) =>
  until('the approval window is gone', () => !world.a.browser.hasApprovalPage());

async function approvedTransfer(world: DemoWorld, note: Note): Promise<void> {
  const { a, b, dapp: page } = world;
  await closeWindows(b);
  await dapp.askTransfer(page, b.chainId, '7');
  const window = await a.browser.approvalPage();
  const shown = await ui.readApproval(window);
  check(/7/.test(shown.sentence), `the amount in "${shown.sentence}"`);
  const whole = (text: string) => text.replace(/\.0*$/, '');
  const changes = shown.balances.map(({ before, after }) => `${whole(before)} to ${whole(after)}`);
  same(changes, ['100 to 93'], 'balances before and after');
  await ui.armed(window);
  await world.shoot(window, 'approval-transfer');
  await ui.byId(window, 'effects-raw').locator('summary').click();
  await ui.byId(window, 'effects-raw').locator('pre').scrollIntoViewIfNeeded();
  await world.shoot(window, 'approval-transfer-raw');
  await ui.approve(window);
  // It closes by itself; what came of it is asked of the page below.
  await ui
    .screen(window, 'approval-done', 30_000)
    .then(() => world.shoot(window, 'approval-done'))
    .catch(() => undefined);
  const result = await dapp.transferResult(page);
  same(result.chain, a.chainId, 'chain');
  check(/^[0-9a-f]{64}$/.test(result.block), 'a block hash');
  check(/\((\d+) bytes\)/.test(result.certificate), 'a certificate');
  await dapp.balanceShows(page, '93');
  await world.shoot(page, 'dapp-sent');
  const entry = (await activityOf(a.page, a.chainId, 1))[0]!;
  same([entry.blockHash, Number(entry.height)], [result.block, result.height], 'the block');
  note({ chainId: result.chain, height: result.height, blockHash: result.block, ...shown });
  await gone(world);
}

async function survive(world: DemoWorld): Promise<void> {
  const { a, b, dapp: page } = world;
  await world.step(
    'service worker stopped and page reloaded while the window is open',
    async (note) => {
      await dapp.askTransfer(page, b.chainId, '2');
      const window = await a.browser.approvalPage();
      await ui.readApproval(window);
      await a.browser.stopServiceWorker(window);
      await page.reload();
      await ui.approve(window);
      const { chain, height, block } = await dapp.transferResult(page);
      note({ chainId: chain, height, blockHash: block });
      await gone(world);
      await dapp.balanceShows(page, '91');
    },
  );
}

async function lockedAndSignIn(world: DemoWorld): Promise<void> {
  const { a, b, dapp: page } = world;
  await world.step(
    'locked: private reads get 4100, a request opens the unlock window',
    async (note) => {
      await ui.goTo(a.page, '/');
      await ui.lock(a.page);
      // The engine hears of it as soon as the window does, but by a way of its own.
      await until('private reads get 4100', async () => {
        const { error } = await dapp.request(page, 'linera_getBalance', { chainId: a.chainId });
        return error?.code === 4100;
      });
      const params = { chainId: a.chainId, recipient: b.chainId, amount: '1' };
      const answer = dapp.request(page, 'linera_transfer', params);
      const window = await a.browser.approvalPage();
      await ui.byId(window, 'unlock-for').waitFor();
      await world.shoot(window, 'approval-locked');
      await ui.unlock(window);
      await ui.readApproval(window);
      await ui.approve(window);
      const { result } = await answer;
      const { chainId, height, blockHash } = result as Record<string, unknown>;
      note({ chainId, height, blockHash });
      await gone(world);
      await dapp.connected(page);
      await dapp.balanceShows(page, '90');
    },
  );
  await world.step('sign in: text that names the page', async () => {
    await page.locator('#sign').click();
    const window = await a.browser.approvalPage();
    await ui.screen(window, 'sign');
    await ui.armed(window);
    await world.shoot(window, 'approval-sign');
    await ui.approve(window);
    await page.locator('#signature', { hasText: /^Signed: 0x[0-9a-f]{130}$/ }).waitFor();
    await gone(world);
    const lie = `evil.example wants you to sign in with your Linera account:\n0x00`;
    const { error } = await dapp.request(page, 'linera_signMessage', { message: lie });
    same(error?.code, -32602, 'text of another page');
  });
  await world.step('connected sites: seen and revoked', async () => {
    await ui.goTo(a.page, '/sites');
    await ui.byId(a.page, 'site-row').waitFor();
    await world.shoot(a.page, 'sites');
    await ui.byId(a.page, 'site-row').click();
    await ui.screen(a.page, 'site');
    await world.shoot(a.page, 'site');
    await ui.byId(a.page, 'site-revoke').click();
    await page.locator('#connection', { hasText: 'Not connected' }).waitFor();
    const { error } = await dapp.request(page, 'linera_getBalance', { chainId: a.chainId });
    same(error?.code, 4100, 'code');
    await world.shoot(page, 'dapp-revoked');
    await dapp.connect(page);
    await ui.approve(await a.browser.approvalPage());
    await dapp.connected(page);
    await gone(world);
  });
}
