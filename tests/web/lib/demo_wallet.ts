// The wallet by itself: made, given a chain, restored; money sent and received in its own windows.
import type { Page } from 'playwright-core';
import { parseTokens } from '@mica/wallet-contract/amounts';
import type { DemoWorld, Note, Wallet } from './demo_world.ts';
import { activityOf, badgeOf, call, stateOf, type StateText } from './extension.ts';
import { check, same, sleep, until } from './steps.ts';
import * as ui from './wallet_ui.ts';

async function makeWallet(world: DemoWorld, name: string, shoot: ui.Shoot): Promise<Wallet> {
  const profile = world.newProfile(name);
  const browser = await world.openBrowser(profile);
  const page = await browser.walletPage();
  const phrase = await ui.createWallet(page, shoot);
  await ui.addNetwork(page, 'Demo network', world.net.faucetUrl, shoot);
  const chainId = await ui.claimChain(page, 'Everyday', shoot);
  await ui.balanceIs(page, '100');
  return { profile, browser, page, phrase, chainId };
}

/** Attos of a chain: its balance and its owners' accounts. */
export const chainIn = (state: StateText, chainId: string) => {
  const chain = state.chains.find((one) => one.chainId === chainId);
  check(chain, `the wallet has chain ${chainId}`);
  return chain;
};
export const attos = (tokens: string): string => String(parseTokens(tokens));

/** On a page of the extension that is no wallet window, so that "nobody looks" stays true. */
async function onBarePage<T>(wallet: Wallet, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await wallet.browser.context.newPage();
  await page.goto(`chrome-extension://${wallet.browser.extensionId}/manifest.json`);
  try {
    return await work(page);
  } finally {
    await page.close();
  }
}

export const badgeIs = (wallet: Wallet, text: RegExp, ms = 20_000): Promise<string> =>
  onBarePage(wallet, (page) =>
    until(
      `a badge like ${text}`,
      async () => {
        const now = await badgeOf(page);
        return text.test(now) && now;
      },
      ms,
    ),
  );

export async function closeWindows(wallet: Wallet): Promise<void> {
  const pages = wallet.browser.context.pages();
  if (pages.every((page) => page.url().includes('/wallet.html'))) {
    await wallet.browser.context.newPage();
  }
  for (const page of pages) if (page.url().includes('/wallet.html')) await page.close();
}
export async function openWindow(wallet: Wallet): Promise<Page> {
  wallet.page = await wallet.browser.walletPage();
  return wallet.page;
}

async function make(world: DemoWorld): Promise<void> {
  await world.step(
    'wallet A: phrase, confirmed, password, network, chain, balance',
    async (note) => {
      world.a = await makeWallet(world, 'a', world.shoot);
      await world.shoot(world.a.page, 'home');
      note({ chainId: world.a.chainId });
    },
  );
  await world.step('wallet A: a second account and a chain of it', async (note) => {
    const { page } = world.a;
    await ui.goTo(page, '/settings/accounts');
    await ui.screen(page, 'accounts');
    await ui.byId(page, 'account-new').click();
    await ui.byId(page, 'account-label').fill('Savings');
    await ui.byId(page, 'account-scheme').selectOption('Ed25519');
    await ui.byId(page, 'account-password').fill(ui.PASSWORD);
    await world.shoot(page, 'account-add');
    await ui.byId(page, 'account-save').click();
    await until('two accounts', async () => (await ui.byId(page, 'account-row').count()) === 2);
    await world.shoot(page, 'accounts');
    const owner = (await stateOf(page)).vault.accounts[1]!.owner;
    await ui.goTo(page, '/claim');
    await ui.byId(page, 'claim-owner').selectOption(owner);
    await ui.byId(page, 'claim-label').fill('Savings');
    await ui.byId(page, 'claim-chain').click();
    await ui.screen(page, 'home');
    const chains = (await stateOf(page)).chains;
    same(chains.length, 2, 'chains');
    await ui.goTo(page, '/chains');
    await world.shoot(page, 'chains');
    note({ chainId: chains.find((one) => one.owner === owner)!.chainId });
  });
  await world.step('wallet B in another profile', async (note) => {
    world.b = await makeWallet(world, 'b', world.noShot);
    note({ chainId: world.b.chainId });
  });
  await world.step('popup and side panel', async () => {
    for (const kind of ['popup', 'sidepanel']) {
      const page = await world.a.browser.context.newPage();
      await page.setViewportSize({ width: 380, height: 600 });
      await page.goto(world.a.browser.url(kind));
      await ui.screen(page, 'home');
      await world.shoot(page, kind);
      await page.close();
    }
  });
}

async function use(world: DemoWorld): Promise<void> {
  const { a, b } = world;
  await world.step('receive page: chain id and owner@chain as text and QR', async () => {
    await ui.goTo(b.page, '/receive');
    await ui.byId(b.page, 'qr').waitFor();
    await world.shoot(b.page, 'receive');
    await ui.byId(b.page, 'receive-form').selectOption('owner');
    const text = await ui.byId(b.page, 'receive-address').textContent();
    check(text?.trim().endsWith(`@${b.chainId}`), 'owner@chain');
    await world.shoot(b.page, 'receive-owner');
  });
  await world.step('send to owner@chain; the activity comes to "delivered"', async (note) => {
    const owner = chainIn(await stateOf(b.page), b.chainId).owner!;
    const before = chainIn(await stateOf(b.page), b.chainId);
    await ui.send(a.page, `${owner}@${b.chainId}`, '4', world.shoot);
    const entry = await until('delivered', async () => {
      const [newest] = await activityOf(a.page, a.chainId, 1);
      return newest?.state === 'delivered' && newest;
    });
    note({ chainId: a.chainId, height: entry.height, blockHash: entry.blockHash });
    await until('the owner account', async () => {
      const chain = chainIn(await stateOf(b.page), b.chainId);
      return chain.ownerBalances.some((one) => one.owner === owner && one.balance === attos('4'));
    });
    same(chainIn(await stateOf(b.page), b.chainId).chainBalance, before.chainBalance, 'chain');
    await ui.goTo(b.page, '/');
    await ui.byId(b.page, 'owner-balance').waitFor();
    await world.shoot(b.page, 'home-owner-account');
  });
  await world.step('activity list, one block, its certificate', async () => {
    await ui.goTo(a.page, '/activity');
    await ui.byId(a.page, 'activity-entry').first().waitFor();
    await world.shoot(a.page, 'activity');
    await ui.byId(a.page, 'activity-entry').first().click();
    await ui.screen(a.page, 'activity-detail');
    await a.page.getByText('Show the certificate').click();
    await a.page.getByText('Anybody can check').waitFor();
    await world.shoot(a.page, 'activity-block');
  });
  await world.step('locked: "incoming, unlock to receive", badge, and received on unlock', (note) =>
    lockedReceive(world, note),
  );
  await badInput(world);
  await world.step('light and dark', async () => {
    for (const theme of ['dark', 'light']) {
      await ui.goTo(a.page, '/settings');
      await ui.byId(a.page, 'theme').selectOption(theme);
      await a.page.locator(`html[data-theme=${theme}]`).waitFor({ state: 'attached' });
      await world.shoot(a.page, `settings-${theme}`);
      for (const [to, id] of [
        ['/', 'home'],
        ['/receive', 'receive'],
        ['/networks', 'networks'],
      ]) {
        await ui.goTo(a.page, to!);
        await ui.screen(a.page, id!);
        await world.shoot(a.page, `${id}-${theme}`);
      }
    }
    await ui.goTo(a.page, '/settings');
    await ui.byId(a.page, 'theme').selectOption('system');
  });
  await restores(world);
}

async function lockedReceive(world: DemoWorld, note: Note): Promise<void> {
  const { a, b } = world;
  const before = BigInt(chainIn(await stateOf(b.page), b.chainId).chainBalance);
  await ui.goTo(b.page, '/');
  await ui.lock(b.page);
  await world.shoot(b.page, 'locked');
  await closeWindows(b);
  await ui.send(a.page, b.chainId, '6', world.noShot);
  note({ badge: await badgeIs(b, /^1$/) });
  await openWindow(b);
  await ui.byId(b.page, 'incoming').waitFor();
  await world.shoot(b.page, 'locked-incoming');
  const waiting = chainIn(await stateOf(b.page), b.chainId);
  same(waiting.incomingAmount, attos('6'), 'incoming');
  same(BigInt(waiting.chainBalance), before, 'not received while locked');
  await ui.unlock(b.page, 'not the password');
  await ui.byId(b.page, 'failure').waitFor();
  await world.shoot(b.page, 'wrong-password');
  await sleep(1500);
  await ui.unlock(b.page);
  await ui.screen(b.page, 'home');
  await until('received on unlock', async () => {
    const chain = chainIn(await stateOf(b.page), b.chainId);
    return BigInt(chain.chainBalance) === before + BigInt(attos('6'));
  });
  const [newest] = await activityOf(b.page, b.chainId, 1);
  note({ chainId: b.chainId, height: newest!.height, blockHash: newest!.blockHash });
}

async function badInput(world: DemoWorld): Promise<void> {
  const { a, b } = world;
  const problem = async (to: string, amount: string, text: RegExp, name: string) => {
    await ui.goTo(a.page, '/');
    await ui.goTo(a.page, '/send');
    await ui.screen(a.page, 'send');
    await ui.byId(a.page, 'send-recipient').fill(to);
    await ui.byId(a.page, 'send-amount').fill(amount);
    await ui.byId(a.page, 'send-next').click();
    await a.page.getByRole('alert').filter({ hasText: text }).first().waitFor();
    await world.shoot(a.page, name);
  };
  await world.step('a malformed address, an owner instead of a chain, too much money', async () => {
    const owner = chainIn(await stateOf(b.page), b.chainId).owner!;
    await problem('e476zz', '1', /./, 'send-bad-address');
    await problem(owner, '1', /owner/i, 'send-owner-not-chain');
    await problem(b.chainId, '5000', /./, 'send-too-much');
  });
  await world.step('a chain that does not exist: a loud yes or nothing', async () => {
    const before = chainIn(await stateOf(a.page), a.chainId);
    await ui.goTo(a.page, '/');
    await ui.goTo(a.page, '/send');
    await ui.byId(a.page, 'send-recipient').fill('ab'.repeat(32));
    await ui.byId(a.page, 'send-amount').fill('1');
    await ui.byId(a.page, 'recipient-unknown').waitFor();
    await world.shoot(a.page, 'send-unknown-chain');
    await ui.byId(a.page, 'send-next').click();
    await ui.byId(a.page, 'warning-UnknownRecipient').waitFor();
    await sleep(800);
    check(await ui.byId(a.page, 'approve').isDisabled(), 'yes is not armed without the tick');
    await world.shoot(a.page, 'approval-unknown-chain');
    await ui.byId(a.page, 'reject').click();
    await ui.screen(a.page, 'home');
    same(chainIn(await stateOf(a.page), a.chainId), before, 'the chain');
  });
}

async function restores(world: DemoWorld): Promise<void> {
  const { a } = world;
  let backup = '';
  await world.step('an encrypted backup file', async () => {
    await ui.goTo(a.page, '/settings/backup');
    await ui.byId(a.page, 'backup-wallet-password').fill(ui.PASSWORD);
    await ui.byId(a.page, 'backup-password').fill('for the file alone');
    await ui.byId(a.page, 'backup-password-again').fill('for the file alone');
    const [download] = await Promise.all([
      a.page.waitForEvent('download'),
      ui.byId(a.page, 'backup-save').click(),
    ]);
    backup = `${a.profile.folder}-backup.mica`;
    await download.saveAs(backup);
    await ui.byId(a.page, 'backup-saved').waitFor();
    await world.shoot(a.page, 'backup');
    await ui.goTo(a.page, '/');
  });
  const wanted = (await stateOf(a.page)).chains;
  const balances = (chains: StateText['chains']) =>
    chains
      .map(({ chainId, chainBalance }) => `${chainId} ${chainBalance}`)
      .sort()
      .join();
  await world.step('restored from the phrase: the faucet knows its chains', async () => {
    const browser = await world.openBrowser(world.newProfile('c'));
    const page = await browser.walletPage();
    await ui.restoreWallet(page, a.phrase, world.shoot);
    await ui.addNetwork(page, 'Demo network', world.net.faucetUrl, world.noShot);
    await ui.goTo(page, '/find');
    await ui.byId(page, 'find-search').click();
    await ui.byId(page, 'find-found').waitFor();
    await world.shoot(page, 'restore-found');
    // Of the second account, too, which the phrase leads to.
    await until('the same balances', async () => {
      const { chains } = await stateOf(page);
      return balances(chains) === balances(wanted);
    });
    await browser.close();
  });
  await world.step('restored from the backup file', async () => {
    const browser = await world.openBrowser(world.newProfile('d'));
    const page = await browser.walletPage();
    await ui.screen(page, 'welcome');
    await ui.byId(page, 'restore-file').click();
    await ui.byId(page, 'backup-file').setInputFiles(backup);
    await ui.byId(page, 'backup-password').fill('for the file alone');
    await ui.byId(page, 'new-password').fill(ui.PASSWORD);
    await ui.byId(page, 'new-password-again').fill(ui.PASSWORD);
    await world.shoot(page, 'restore-file');
    await ui.byId(page, 'restore-file-next').click();
    await ui.screen(page, 'import', 30_000);
    await world.shoot(page, 'restore-import');
    await ui.byId(page, 'import-switch').click();
    await ui.byId(page, 'import-chains').click();
    await until('the same chains', async () => {
      const { chains } = await stateOf(page);
      return balances(chains) === balances(wanted);
    });
    await ui.screen(page, 'home');
    await world.shoot(page, 'restore-home');
    same(
      ((await call(page, 'vault', 'getState')) as StateText['vault']).accounts.length,
      2,
      'keys',
    );
    await browser.close();
  });
}

export const demoWallet = { make, use };
