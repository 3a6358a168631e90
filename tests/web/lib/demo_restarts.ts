// Browsers closed and killed, also in the middle of a transfer: nothing is lost, nothing paid
// twice.
import type { DemoWorld, Note, Wallet } from './demo_world.ts';
import { attos, chainIn, openWindow } from './demo_wallet.ts';
import { activityOf, stateOf } from './extension.ts';
import { check, same, until } from './steps.ts';
import * as ui from './wallet_ui.ts';

async function picture(wallet: Wallet) {
  const { chains } = await stateOf(wallet.page);
  const history = await activityOf(wallet.page, wallet.chainId, 100);
  return {
    balances: chains.map((one) => [one.chainId, one.chainBalance, one.ownerBalances]),
    history: history.map(({ height, blockHash, amount }) => [height, blockHash, amount]),
  };
}

async function reopen(world: DemoWorld, wallet: Wallet): Promise<void> {
  wallet.browser = await world.openBrowser(wallet.profile);
  await openWindow(wallet);
  await ui.unlock(wallet.page);
  await ui.screen(wallet.page, 'home', 30_000);
  await ui.networkIs(wallet.page, 'ready');
}

const balanceOf = async ({ page, chainId }: Wallet): Promise<bigint> =>
  BigInt(chainIn(await stateOf(page), chainId).chainBalance);

async function payAndSee({ a, b }: DemoWorld, world: DemoWorld, tokens: string) {
  const before = await balanceOf(b);
  const hash = await ui.send(a.page, b.chainId, tokens, world.noShot);
  await until('received', async () => (await balanceOf(b)) === before + BigInt(attos(tokens)));
  return hash;
}

export async function demoRestarts(world: DemoWorld): Promise<void> {
  const { a, b } = world;
  for (const how of ['closed', 'killed'] as const) {
    await world.step(
      `both browsers ${how}: the same balances and history, and on it goes`,
      async (note) => {
        const before = [await picture(a), await picture(b)];
        for (const { browser } of [a, b])
          await (how === 'closed' ? browser.close() : browser.kill());
        await reopen(world, a);
        await reopen(world, b);
        same([await picture(a), await picture(b)], before, 'balances and history');
        note({ chainId: a.chainId, blockHash: await payAndSee(world, world, '1') });
      },
    );
  }
  for (const ms of [1, 15, 30, 60, 120, 300]) {
    await world.step(`killed ${ms} ms after yes: done once, or safely repeated`, (note) =>
      killDuring(world, ms, note),
    );
  }
  await world.step('no quorum, then killed: outcome unknown, still trying, done once', (note) =>
    killWithoutQuorum(world, note),
  );
  await world.step('the network was reset: said, nothing mixed, started anew', () => reset(world));
}

async function killDuring(world: DemoWorld, ms: number, note: Note): Promise<void> {
  const { a, b } = world;
  const [fromBefore, toBefore] = [await balanceOf(a), await balanceOf(b)];
  const heightBefore = BigInt(chainIn(await stateOf(a.page), a.chainId).nextBlockHeight);
  await ui.fillSend(a.page, b.chainId, '2', world.noShot);
  await ui.armed(a.page);
  // Pressed in the page, so that no answer is waited for.
  await a.page.evaluate(() => {
    const yes = document.querySelector<HTMLElement>('[data-testid=approve]');
    setTimeout(() => yes?.click(), 20);
  });
  await a.browser.kill(20 + ms);
  await reopen(world, a);
  await settled(a);
  const moved = fromBefore - (await balanceOf(a));
  const two = BigInt(attos('2'));
  check(moved === 0n || moved === two, `nothing or 2 moved, not ${moved}`);
  note({ after: moved === 0n ? 'not sent' : 'sent', chainId: a.chainId });
  if (moved === 0n) await ui.send(a.page, b.chainId, '2', world.noShot);
  await until('B has it once', async () => (await balanceOf(b)) === toBefore + two, 30_000);
  same(await balanceOf(a), fromBefore - two, 'A paid once');
  const height = BigInt(chainIn(await stateOf(a.page), a.chainId).nextBlockHeight);
  same(height, heightBefore + 1n, 'one block');
}

const settled = ({ page, chainId }: Wallet) =>
  until(
    'nothing is pending',
    async () => {
      const chain = chainIn(await stateOf(page), chainId);
      return chain.pendingHeight === null && chain.busy === null && chain.synchronized;
    },
    60_000,
  );

async function killWithoutQuorum(world: DemoWorld, note: Note): Promise<void> {
  const { a, b, net } = world;
  const [fromBefore, toBefore] = [await balanceOf(a), await balanceOf(b)];
  await ui.fillSend(a.page, b.chainId, '2', world.noShot);
  net.faults[0] = net.faults[1] = 'down';
  await ui.approve(a.page);
  await ui.screen(a.page, 'approval-failed', 60_000);
  await world.shoot(a.page, 'no-quorum');
  await ui.goTo(a.page, '/');
  await ui.byId(a.page, 'pending').waitFor();
  await world.shoot(a.page, 'home-pending');
  const { pendingHeight } = chainIn(await stateOf(a.page), a.chainId);
  await a.browser.kill();
  await reopen(world, a);
  await ui.byId(a.page, 'pending').waitFor();
  same(chainIn(await stateOf(a.page), a.chainId).pendingHeight, pendingHeight, 'still that block');
  net.faults[0] = net.faults[1] = 'up';
  const started = performance.now();
  await settled(a);
  note({ doneMs: Math.round(performance.now() - started), height: pendingHeight });
  const two = BigInt(attos('2'));
  await until('B has it once', async () => (await balanceOf(b)) === toBefore + two, 30_000);
  same(await balanceOf(a), fromBefore - two, 'A paid once');
}

async function reset(world: DemoWorld): Promise<void> {
  const { a } = world;
  await a.browser.close();
  await world.resetNetwork();
  a.browser = await world.openBrowser(a.profile);
  await openWindow(a);
  await ui.unlock(a.page);
  await ui.byId(a.page, 'network-reset').waitFor({ timeout: 30_000 });
  await world.shoot(a.page, 'network-reset');
  const old = await stateOf(a.page);
  same(old.chains.length, 2, 'the old chains are still shown');
  await ui.byId(a.page, 'accept-reset').click();
  await ui.byId(a.page, 'accept-reset-sure').click();
  await ui.networkIs(a.page, 'ready');
  same((await stateOf(a.page)).chains.length, 0, 'chains on the new network');
  const chainId = await ui.claimChain(a.page, 'Anew', world.noShot);
  check(chainId !== a.chainId, 'another chain');
  await ui.balanceIs(a.page, '100');
}
