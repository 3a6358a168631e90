// What a person does in a wallet window, by its test ids.
import type { Locator, Page } from 'playwright-core';
import { check, until } from './steps.ts';

export const PASSWORD = 'correct horse battery';

export const byId = (page: Page, id: string): Locator => page.getByTestId(id);
export const screen = (page: Page, id: string, ms = 15_000): Promise<void> =>
  byId(page, `screen-${id}`).waitFor({ timeout: ms });

/** Takes a picture of what is on the screen under a name. */
export type Shoot = (page: Page, name: string) => Promise<void>;
export const noShot: Shoot = async () => {};

/** From "Make a new wallet" to the claim screen; gives the phrase that was shown. */
export async function createWallet(page: Page, shoot: Shoot): Promise<string> {
  await screen(page, 'welcome');
  await shoot(page, 'welcome');
  await byId(page, 'create-wallet').click();
  await screen(page, 'phrase');
  await byId(page, 'phrase-show').click();
  const words = await byId(page, 'phrase-word').allTextContents();
  check(words.length === 12, '12 words');
  await shoot(page, 'phrase');
  await byId(page, 'phrase-saved').check();
  await byId(page, 'phrase-next').click();
  await screen(page, 'confirm');
  // A wrong word is told, and does not let through.
  const asked = byId(page, 'confirm-word');
  for (const field of await asked.all()) await field.fill('zebra');
  await byId(page, 'confirm-next').click();
  await page.getByText('This is not word').first().waitFor();
  await shoot(page, 'phrase-wrong-word');
  for (const field of await asked.all()) {
    await field.fill(words[Number(await field.getAttribute('data-position')) - 1]!);
  }
  await shoot(page, 'phrase-confirm');
  await byId(page, 'confirm-next').click();
  await choosePassword(page, shoot);
  await screen(page, 'claim', 30_000);
  return words.join(' ');
}

async function choosePassword(page: Page, shoot: Shoot): Promise<void> {
  await screen(page, 'password');
  await byId(page, 'new-password').fill(PASSWORD);
  await byId(page, 'new-password-again').fill(PASSWORD);
  await shoot(page, 'password');
  await byId(page, 'password-next').click();
}

export async function restoreWallet(page: Page, phrase: string, shoot: Shoot): Promise<void> {
  await screen(page, 'welcome');
  await byId(page, 'restore-phrase').click();
  await screen(page, 'restore');
  await byId(page, 'restore-words').fill(Array(12).fill('zoo').join(' '));
  await byId(page, 'restore-next').click();
  await page.getByRole('alert').first().waitFor();
  await shoot(page, 'restore-wrong-phrase');
  await byId(page, 'restore-words').fill(phrase);
  await byId(page, 'restore-next').click();
  await choosePassword(page, shoot);
  await screen(page, 'find', 30_000);
}

export async function goTo(page: Page, route: string): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), route);
}

/** Adds the network and uses it; the wallet must be unlocked. */
export async function addNetwork(
  page: Page,
  name: string,
  faucetUrl: string,
  shoot: Shoot,
): Promise<void> {
  await goTo(page, '/networks/add');
  await screen(page, 'add-network');
  await byId(page, 'network-name').fill(name);
  await byId(page, 'network-url').fill(faucetUrl);
  await shoot(page, 'network-add');
  await byId(page, 'network-add').click();
  await networkIs(page, 'ready');
}

export const networkIs = (page: Page, status: string, ms = 20_000): Promise<void> =>
  page.locator(`[data-testid=network][data-status=${status}]`).waitFor({ timeout: ms });

/** A chain from the faucet; gives its id. */
export async function claimChain(page: Page, label: string, shoot: Shoot): Promise<string> {
  await goTo(page, '/claim');
  await screen(page, 'claim');
  await byId(page, 'claim-label').fill(label);
  await shoot(page, 'claim');
  await byId(page, 'claim-chain').click();
  await screen(page, 'home', 30_000);
  await goTo(page, '/receive');
  await screen(page, 'receive');
  const chainId = await byId(page, 'receive-address').textContent();
  await goTo(page, '/');
  return chainId!.trim();
}

/** Exact text of the balance on the home screen. */
export const balance = async (page: Page): Promise<string | null> =>
  byId(page, 'balance')
    .first()
    .getAttribute('data-exact', { timeout: 1000 })
    .catch(() => null);

export const balanceIs = (page: Page, text: string, ms = 20_000): Promise<unknown> =>
  until(
    `the balance ${text}`,
    async () => {
      const now = await balance(page);
      return now !== null && now.replace(/\.0*$/, '') === text;
    },
    ms,
  );

export async function unlock(page: Page, password = PASSWORD): Promise<void> {
  await screen(page, 'unlock');
  await byId(page, 'unlock-password').fill(password);
  await byId(page, 'unlock').click();
}

export async function lock(page: Page): Promise<void> {
  await byId(page, 'lock').click();
  await screen(page, 'unlock');
}

/** Up to the approval that shows what would happen. */
export async function fillSend(
  page: Page,
  to: string,
  amount: string,
  shoot: Shoot,
): Promise<void> {
  await goTo(page, '/');
  await screen(page, 'home');
  await byId(page, 'send').click();
  await screen(page, 'send');
  await byId(page, 'send-recipient').fill(to);
  await byId(page, 'send-amount').fill(amount);
  await page.getByText(/The validators know this chain|Your own chain/).waitFor();
  await shoot(page, 'send');
  await byId(page, 'send-next').click();
  await screen(page, 'approval');
  await byId(page, 'effects').waitFor();
}

/** The button for yes works. */
export const armed = (page: Page): Promise<unknown> =>
  until('yes is armed', () => byId(page, 'approve').isEnabled());

/** Yes; the button is armed a moment after the effects are seen. */
export async function approve(page: Page): Promise<void> {
  await byId(page, 'approve').click({ timeout: 15_000 });
}

export interface Shown {
  sentence: string;
  balances: { owner: string; before: string; after: string }[];
  fees: string;
}

/** What the approval window says. */
export async function readApproval(page: Page): Promise<Shown> {
  await screen(page, 'approval', 20_000);
  await byId(page, 'effects').waitFor();
  const balances = [];
  for (const row of await byId(page, 'effects-balance').all()) {
    const money = await row
      .locator('.money')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-exact')!));
    const owner = (await row.getAttribute('data-owner'))!;
    balances.push({ owner, before: money[0]!, after: money[1]! });
  }
  return {
    sentence: (await byId(page, 'approval-sentence').textContent())!.trim(),
    balances,
    fees: (await byId(page, 'effects-fees').getAttribute('data-exact'))!,
  };
}

/** Sends in the wallet's own window; gives the block's hash. */
export async function send(page: Page, to: string, amount: string, shoot: Shoot): Promise<string> {
  await fillSend(page, to, amount, shoot);
  await shoot(page, 'send-approval');
  await approve(page);
  await screen(page, 'approval-done', 40_000);
  await shoot(page, 'send-done');
  const hash = await byId(page, 'result-hash').getAttribute('title');
  await byId(page, 'approval-close').click();
  await screen(page, 'home');
  return hash ?? '';
}
