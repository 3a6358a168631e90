// Validators that send too much or are all away; what people type wrongly; and a block that needs
// its person's yes again.
import { toHex } from '@mica/bindings/node';
import { FAST_ROUND_MS } from './kill_world.ts';
import { check, same, sleep, until } from './steps.ts';
import type { Trouble } from './trouble_world.ts';
import * as ui from './wallet_ui.ts';

/** More than a client reads (js-bindings/bindings/src/host/transport.ts). */
const HUGE_BYTES = 24 * 1024 * 1024;

export async function validators(t: Trouble): Promise<void> {
  const { faults } = t.world.net;
  await t.step('one validator of four answers with 24 MiB: sent all the same', async () => {
    const huge = new Uint8Array(HUGE_BYTES);
    faults[2] = () => huge;
    await t.send();
    faults[2] = 'up';
  });
  await t.step('all validators away: said, tried on, done once when they are back', async () => {
    const before = (await t.world.activity(t.world.normal)).length;
    await ui.fillSend(t.page, t.world.fast, '1', ui.noShot);
    faults.fill('down');
    await ui.approve(t.page);
    await t.saysFailed(
      'OutcomeUnknown',
      /outcome unknown, still trying/i,
      'Whether the money moved is not known yet. Do not send it again: the wallet keeps trying.',
    );
    await t.shoot('all-away-transfer');
    await ui.byId(t.page, 'approval-close').click();
    await t.notice('no-quorum', /no validator answers.*your money is safe/is);
    await t.shoot('all-away-home');
    faults.fill('up');
    await t.world.settled();
    same((await t.world.activity(t.world.normal)).length, before + 1, 'blocks');
    await t.goneNotice('no-quorum');
  });
}

export async function people(t: Trouble): Promise<void> {
  const { page } = t;
  await t.step('wrong passwords slow down, and say for how long', async () => {
    await ui.lock(page);
    const waits: number[] = [];
    for (const wrong of ['wrong one', 'wrong two', 'wrong three', 'wrong four']) {
      await ui.byId(page, 'unlock-password').fill(wrong);
      await ui.byId(page, 'unlock').click();
      const tried = async () => (await ui.byId(page, 'unlock-password').inputValue()) === '';
      await until('it was tried', tried);
      const { retryAt } = (await t.world.state()).vault;
      waits.push(Math.max(0, (retryAt ?? 0) - Date.now()));
      if (wrong === 'wrong four') break;
      await sleep(waits.at(-1)! + 600);
    }
    check(waits.at(-1)! > 2000 && waits.at(-1)! > waits[1]!, `longer waits: ${waits.join(', ')}`);
    await t.notice('unlock-wait', /next try is possible in \d+ s/);
    check(await ui.byId(page, 'unlock').isDisabled(), 'nothing can be tried meanwhile');
    await t.shoot('wrong-passwords');
    await ui.byId(page, 'unlock-wait').waitFor({ state: 'detached', timeout: 60_000 });
    await t.unlock();
  });
  await t.step("a chain that is somebody else's: followed, and nothing can be sent", async () => {
    const theirs = toHex(t.world.net.network.faucetChain);
    await ui.goTo(page, '/chains/add');
    await ui.byId(page, 'add-chain-id').fill('0x12');
    await ui.byId(page, 'add-chain').click();
    await page.getByRole('alert').filter({ hasText: '64 hex digits' }).waitFor();
    await ui.byId(page, 'add-chain-id').fill('ab'.repeat(32));
    await ui.byId(page, 'add-chain').click();
    await t.says('UnknownChain', /do not know this chain/);
    await t.shoot('chain-unknown');
    await ui.byId(page, 'add-chain-id').fill(theirs);
    await ui.byId(page, 'add-chain').click();
    await ui.screen(page, 'chains', 30_000);
    await page.locator(`[data-testid=chain-row][data-chain="${theirs}"]`).click();
    await ui.screen(page, 'home');
    await page.getByText('You only follow this chain').waitFor();
    check(await ui.byId(page, 'send').isDisabled(), 'no sending');
    await t.shoot('chain-of-another');
    await ui.goTo(page, `/chains/${theirs}`);
    await ui.byId(page, 'forget-chain').click();
    await ui.byId(page, 'forget-sure').click();
    await ui.screen(page, 'chains');
    await page.locator(`[data-testid=chain-row][data-chain="${t.world.normal}"]`).click();
    await t.home();
  });
}

// The fast round ends while the browser is away, and the vault has forgotten the yes.
export async function approvedAgain(t: Trouble): Promise<void> {
  const { world } = t;
  const { watch, timed } = world;
  await t.step(
    'killed with a signed block whose round is over: seen and approved again',
    async () => {
      const order = (amount: bigint) => ({ chainId: timed, recipient: world.normal, amount });
      await world.pay(order(10n ** 17n));
      await world.settled();
      watch.gate = ({ chainId }) => (chainId === timed ? 'drop' : 'pass');
      const before = t.proposals();
      const seen = () => watch.proposals.slice(before).some(({ chainId }) => chainId === timed);
      const work = world.prepare(order(3n * 10n ** 17n)).then((id) => world.approve(id));
      const ended = work.then(({ done }) => done).catch(() => undefined);
      await until('the proposal', seen);
      await world.killBrowser();
      await ended;
      await sleep(FAST_ROUND_MS);
      watch.gate = () => 'pass';
      await world.reopenPage();
      await ui.unlock(world.page);
      await ui.screen(world.page, 'home', 30_000);
      await ui.goTo(world.page, `/chains/${timed}`);
      await t.notice('pending-again', /yes is needed again.*cannot be paid twice/is);
      await t.shoot('yes-needed-again');
      await ui.byId(world.page, 'show-pending').click();
      const shown = await ui.readApproval(world.page);
      check(/go on with what was signed.*0\.3/i.test(shown.sentence), shown.sentence);
      await ui.armed(world.page);
      await t.shoot('yes-again');
      await ui.approve(world.page);
      await ui.screen(world.page, 'approval-done', 40_000);
      await ui.byId(world.page, 'approval-close').click();
      const paid = await world.activity(timed);
      same(paid.filter(({ amount }) => BigInt(amount) === -3n * 10n ** 17n).length, 1, 'paid once');
      same(watch.fastConflicts(), [], 'two proposals in a fast round');
    },
  );
}
