// The wallet's windows in a real browser, on fake workers, under a policy without inline anything.
import { describe, expect, it } from 'vitest';
import type { ApprovalWarning } from '@mica/wallet-contract/api';
import { alice, chainA, chainB, chainC, nowhere } from '../fake/fake_data.ts';
import { at, calls, lastParams, open, page, press, preview, text, type } from './flow_page.ts';
import { executablePath } from './in_chromium.ts';

const phrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

/** From the words to the search for the chains of their accounts. */
async function restoreAndSearch(): Promise<void> {
  await type('restore-words', phrase);
  await press('restore-next');
  await type('new-password', 'long enough');
  await type('new-password-again', 'long enough');
  await press('password-next');
  await press('find-search');
}

describe.skipIf(!executablePath)('first run', () => {
  it('makes a wallet: words shown, asked for, password, chain from the faucet', async () => {
    await open('empty', { view: 'tab' });
    await press('create-wallet');
    expect(await at('phrase-next').isDisabled()).toBe(true);
    await press('phrase-show');
    const words = await page.getByTestId('phrase-word').allInnerTexts();
    expect(words).toHaveLength(12);
    await at('phrase-saved').check();
    await press('phrase-next');
    await type('confirm-word', 'wrong');
    await press('confirm-next');
    await page.getByText('This is not word').first().waitFor();
    for (const field of await page.getByTestId('confirm-word').all()) {
      const position = Number(await field.getAttribute('data-position'));
      await field.fill(words[position - 1] ?? '');
    }
    await press('confirm-next');
    await type('new-password', 'micawallet');
    await type('new-password-again', 'micawallet');
    await press('password-next');
    await page.getByText('among the first that anybody tries').waitFor();
    await type('new-password', 'long enough');
    await type('new-password-again', 'long enuogh');
    await press('password-next');
    await page.getByText('The two passwords differ.').waitFor();
    await type('new-password-again', 'long enough');
    await press('password-next');
    await type('claim-label', 'Mine');
    await press('claim-chain');
    expect(await at('balance').getAttribute('data-exact')).toBe('10');
    expect(await page.evaluate(() => window.fake.vault.phrase)).toBe(words.join(' '));
  });
  it('restores from a phrase and finds its chains', async () => {
    await open('empty', { view: 'tab' });
    await press('restore-phrase');
    await type('restore-words', phrase.replace('winner', 'winer'));
    await page.getByText('Not in the list of words: 2. winer').waitFor();
    await type('restore-words', phrase.replace('legal winner', 'winner legal'));
    await press('restore-next');
    await page.getByText('do not belong together').waitFor();
    await restoreAndSearch();
    await at('find-found').waitFor();
    await press('find-done');
    await at('balance').waitFor();
  });
  it('finds further accounts of the phrase, and offers it after adding one', async () => {
    await open('furtherAccounts', { view: 'tab', route: '/restore' });
    await restoreAndSearch();
    await at('find-further-done').waitFor();
    expect(await text('find-found')).toMatch(/2 chains.*Account 1.*Account 2/);
    await page.goto(page.url().replace(/#.*/, '#/settings/accounts'));
    expect(await page.getByTestId('account-row').count()).toBe(2);
    await press('account-new');
    await type('account-password', 'long enough');
    await press('account-save');
    await press('account-find');
    await press('find-search');
    // The password is not in hand any more.
    await type('find-further-password', 'wrong');
    await press('find-further-search');
    await at('failure').waitFor();
    await type('find-further-password', 'long enough');
    await press('find-further-search');
    await at('find-further-done').waitFor();
  });
  it('goes to a tab from a popup, which would close over the phrase', async () => {
    await open('empty');
    await press('create-wallet');
    expect(await page.evaluate(() => [window.fake.opened, window.fake.closed])).toEqual([
      ['/create'],
      1,
    ]);
  });
  it('saves a backup file and restores from it', async () => {
    await open('home', { route: '/settings/backup' });
    await type('backup-wallet-password', 'password');
    await type('backup-password', 'file password');
    await type('backup-password-again', 'file password');
    await press('backup-save');
    await page.getByText('Whoever finds the file').waitFor();
    await type('backup-password', 'for the file alone');
    await type('backup-password-again', 'for the file alone');
    await press('backup-save');
    await at('backup-saved').waitFor();
    const saved = await page.evaluate(() => [...(window.fake.saved[0]?.bytes ?? [])]);
    await page.close();
    await open('empty', { view: 'tab', route: '/restore/file' });
    const file = { name: 'b.mica', mimeType: 'application/octet-stream' };
    await at('backup-file').setInputFiles({ ...file, buffer: Buffer.from(saved) });
    await type('backup-password', 'not this one');
    await type('new-password', 'long enough');
    await type('new-password-again', 'long enough');
    await press('restore-file-next');
    await at('failure').waitFor();
    await type('backup-password', 'for the file alone');
    await press('restore-file-next');
    await press('import-chains');
    await at('balance').waitFor();
    expect(await lastParams('importBackupChains')).toContain(chainA);
  });
});

describe.skipIf(!executablePath)('a network', () => {
  it('that cannot be reached is no dead end; test money and first contact are said', async () => {
    await open('offline');
    await at('use-testnet').waitFor();
    await press('other-network');
    expect(await text('test-money')).toContain('worth nothing');
    expect(await text('first-contact')).toContain('believed at the first contact');
    await at('network-use').waitFor();
    await page.close();
    await open('offline', { route: '/claim' });
    await press('use-testnet');
    await page.locator('[data-testid=claim-chain]:enabled').waitFor();
    expect(await text('test-money')).toContain('Testnet Conway');
    await page.close();
    await open('noChain', { route: '/claim' });
    expect(await text('test-money')).toContain('Local network');
  });
});

describe.skipIf(!executablePath)('the lock', () => {
  it('closes, says wrong, slows down, opens', async () => {
    await open('home');
    await press('lock');
    for (let tries = 0; tries < 3; tries += 1) {
      await type('unlock-password', 'wrong');
      await press('unlock');
      if (tries < 2) await at('failure').waitFor();
    }
    expect(await text('unlock-wait')).toMatch(/next try is possible in \d+ s/);
    await type('unlock-password', 'password');
    expect(await at('unlock').isDisabled()).toBe(true);
    await page.reload();
    await press('lock');
    await type('unlock-password', 'password');
    await page.keyboard.press('Enter');
    await at('screen-home').waitFor();
  });
  it('has a way out for a forgotten password: the phrase, after a clear yes', async () => {
    await open('locked');
    await press('forgot');
    expect(await page.evaluate(() => window.fake.opened)).toEqual(['/forgot']);
    await page.close();
    await open('locked', { view: 'tab' });
    await press('forgot');
    expect(await at('forgot-phrase').isDisabled()).toBe(true);
    await at('forgot-sure').check();
    await press('forgot-phrase');
    await press('back');
    expect(await at('forgot-sure').isChecked()).toBe(false);
    await press('back');
    await at('screen-unlock').waitFor();
    await press('forgot');
    await at('forgot-sure').check();
    await press('forgot-phrase');
    await type('restore-words', phrase);
    await press('restore-next');
    await type('new-password', 'long enough');
    await type('new-password-again', 'long enough');
    await press('password-next');
    await at('screen-find').waitFor();
    expect(await page.evaluate(() => window.fake.vault.password)).toBe('long enough');
  });
  it('lets a restore that takes too long be cancelled', async () => {
    await open('slowLocked', { view: 'tab', route: '/forgot' });
    await at('forgot-sure').check();
    await press('forgot-file');
    const file = { name: 'b.mica', mimeType: 'application/octet-stream' };
    await at('backup-file').setInputFiles({ ...file, buffer: Buffer.from('crafted') });
    await type('backup-password', 'whatever it is');
    await type('new-password', 'long enough');
    await type('new-password-again', 'long enough');
    await press('restore-file-next');
    await press('cancel');
    expect(await at('failure').getAttribute('data-code')).toBe('Cancelled');
    await press('back');
    await press('back');
    await at('screen-unlock').waitFor();
  });
  it('says what waits behind it', async () => {
    await open('lockedIncoming');
    expect(await text('incoming')).toContain('+5 tokens incoming');
    expect(await text('unlock-for')).toContain('shop.example.org');
  });
});

describe.skipIf(!executablePath)('sending', () => {
  it('says in words what is wrong, and goes on when it is right', async () => {
    await open('home', { route: '/send' });
    await press('send-next');
    await page.getByText('The recipient is missing.').waitFor();
    await type('send-recipient', alice);
    await page.getByText("This is an owner's address").waitFor();
    await type('send-recipient', chainA);
    await page.getByText('This is the account that the money comes from.').waitFor();
    await type('send-recipient', `${alice}@${chainC}`);
    await type('send-amount', '1250.250000000000000001');
    await page.getByText('Too much').waitFor();
    await type('send-amount', '0.000000000000000001');
    await page.getByText('The validators know this chain.').waitFor();
    await press('send-next');
    await press('approve');
    await at('result-hash').waitFor();
    expect(await lastParams('prepareTransfer')).toContain('"amount":"1"');
    expect(await page.evaluate(() => window.fake.vault.approved.length)).toBe(1);
    await press('approval-close');
    await at('balance').waitFor();
  });
  it('to a chain that nobody knows needs a loud yes', async () => {
    await open('home', { route: '/send' });
    await type('send-recipient', nowhere);
    await type('send-amount', '1');
    await at('recipient-unknown').waitFor();
    await press('send-next');
    await at('warning-UnknownRecipient').waitFor();
    await page.waitForTimeout(800);
    expect(await at('approve').isDisabled()).toBe(true);
    await at('danger-yes').check();
    await press('approve');
    await at('result-hash').waitFor();
  });
  it('everything means what the fees leave', async () => {
    await open('home', { route: '/send' });
    await type('send-recipient', chainC);
    await press('send-max');
    await press('send-next');
    await at('approval-sentence').waitFor();
    expect(await lastParams('prepareTransfer')).toContain(`${1_250_248n * 10n ** 15n}`);
  });
});

describe.skipIf(!executablePath)('approving', () => {
  // In the page, so that a slow machine measures the same: from "changed" to a yes that works.
  const changeAndArm = () =>
    page.evaluate(async () => {
      const warning: ApprovalWarning = {
        level: 'note',
        code: 'EffectsChanged',
        params: { balances: [] },
      };
      window.fake.wallet.change('t1', { revision: 2, warnings: [warning] });
      const find = (id: string) => document.querySelector(`[data-testid=${id}]`);
      const frame = () => new Promise(requestAnimationFrame);
      while (!find('warning-EffectsChanged')) await frame();
      const shown = performance.now();
      while ((find('approve') as HTMLButtonElement).disabled) await frame();
      return performance.now() - shown;
    });

  it('is armed after a moment, and anew when something changed', async () => {
    await open('transfer', { view: 'approval' });
    await page.locator('[data-testid=approve]:enabled').waitFor();
    expect(await changeAndArm()).toBeGreaterThan(400);
    await press('approve');
    await at('result-hash').waitFor();
    expect(await lastParams('confirmBlock')).toContain('"revision":2');
    await page.waitForFunction(() => window.fake.closed > 0);
  });
  it('shows at once who gets the money, the balances and the fees', async () => {
    await open('transfer', { view: 'approval' });
    const bottomOf = (id: string) =>
      at(id).evaluate((one) => Math.round(one.getBoundingClientRect().bottom));
    for (const width of [400, 320]) {
      await page.setViewportSize({ width, height: 660 });
      const buttons = await at('approve').evaluate(
        (one) => one.closest('.page-foot')!.getBoundingClientRect().top,
      );
      for (const id of ['approval-recipient', 'effects-balance', 'effects-fees']) {
        expect(await bottomOf(id), `${id} at ${width}`).toBeLessThanOrEqual(buttons);
      }
    }
  });
  it('is not possible while the vault reads another block', async () => {
    await open('readsOtherwise', { view: 'approval' });
    await at('reads-otherwise').waitFor();
    await page.waitForTimeout(1000);
    expect(await at('approve').isDisabled()).toBe(true);
  });
  it('no is told to the page, and the next request comes', async () => {
    await open('connect', { view: 'approval' });
    expect(await text('approval-queue')).toContain('1 more request waits');
    await press('reject');
    await at('sign-text').waitFor();
    await press('reject');
    await page.waitForFunction(() => window.fake.closed > 0);
    expect(await calls()).toEqual(['reject', 'reject']);
  });
  it('without a quorum says that the outcome is unknown', async () => {
    await open('unknown', { view: 'approval' });
    await press('approve');
    expect(await text('failure-money')).toContain('Do not send it again');
    await press('approval-close');
    await page.waitForFunction(() => window.fake.closed > 0);
  });
  it('signs text with the key that the page named', async () => {
    await open('sign', { view: 'approval' });
    await press('approve');
    await page.waitForFunction(() => window.fake.closed > 0);
    expect(await lastParams('approveText')).toContain('0x5a5a');
  });
});

describe.skipIf(!executablePath)('everywhere', () => {
  it('each control has a name, and no screen is wider than the popup', async () => {
    const looks: [scene: string, route: string][] = [
      ['home', '/'],
      ['home', '/send'],
      ['home', '/receive'],
      ['home', '/activity'],
      ['home', `/activity/${chainA}/5`],
      ['home', '/chains'],
      ['home', `/chains/${chainA}`],
      ['home', '/sites'],
      ['noQuorum', '/networks'],
      ['home', '/settings'],
      ['home', '/settings/accounts'],
      ['home', '/settings/erase'],
      ['transfer', '/approval/t1'],
      ['danger', '/approval/t1'],
    ];
    for (const [scene, route] of looks) {
      await open(scene, { route });
      await page.locator('.page').first().waitFor();
      const faults = await page.evaluate(() => {
        const controls = [...document.querySelectorAll('button, a, input, select, textarea')];
        const named = (one: Element) =>
          one.textContent?.trim() ||
          one.getAttribute('aria-label') ||
          (one as HTMLInputElement).labels?.[0]?.textContent?.trim();
        const nameless = controls.filter((one) => !named(one)).map((one) => one.outerHTML);
        const wide = document.documentElement.scrollWidth - innerWidth;
        return wide > 0 ? [...nameless, `${wide} pixels too wide`] : nameless;
      });
      expect([route, faults]).toEqual([route, []]);
      await page.close();
    }
  });
  it('pointer and keys put the lock off, not more than once in ten seconds', async () => {
    await open('home');
    await at('balance').click();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => window.fake.vault.touches)).toBe(1);
  });
  it('the language that is set wins over the browser, also after a reload', async () => {
    const spoken = (locale: string) =>
      page.waitForFunction((lang) => document.documentElement.lang === lang, locale);
    await open('home', { route: '/settings' });
    expect(await at('language').inputValue()).toBe('browser');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await at('language').selectOption({ label: 'Deutsch' });
    await page.getByRole('heading', { name: 'Optionen' }).waitFor();
    await spoken('de');
    expect(await page.title()).toContain('Optionen');
    await page.reload();
    await page.getByRole('heading', { name: 'Optionen' }).waitFor();
    expect(await at('language').inputValue()).toBe('de');
    await at('language').selectOption({ label: 'English' });
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await spoken('en');
    await page.goto(`${preview.served.url}?scene=home&page=popup&language=de-AT#/settings`);
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await at('language').selectOption('browser');
    await page.getByRole('heading', { name: 'Optionen' }).waitFor();
    await spoken('de-AT');
  });
  it('the theme that is set wins over the system', async () => {
    await open('home', { route: '/settings' });
    const ground = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const before = await ground();
    await at('theme').selectOption('dark');
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    expect(await ground()).not.toBe(before);
  });
  it('is a small bundle', () => {
    expect(preview.served.scriptBytes).toBeLessThan(540_000);
  });
});

describe.skipIf(!executablePath)('a form', () => {
  const slow = () =>
    page.evaluate(() => {
      const { wallet } = window.fake;
      const { addNetwork } = wallet;
      wallet.addNetwork = async (params) => {
        await new Promise((resolve) => setTimeout(resolve, 600));
        return addNetwork(params);
      };
    });
  it('that is done moves no other screen', async () => {
    await open('home', { view: 'tab', route: '/networks/add' });
    await slow();
    await type('network-name', 'Second');
    await type('network-url', 'http://127.0.0.1:9/');
    await press('network-add');
    await press('nav-home');
    await press('nav-settings');
    await page.getByTestId('network').filter({ hasText: 'Second' }).waitFor();
    await page.waitForTimeout(100);
    expect(new URL(page.url()).hash).toBe('#/settings');
  });
  it('outlives the lock, a reload, a chosen chain, and the no to its request', async () => {
    await open('home', { route: '/send' });
    await type('send-recipient', chainC);
    await type('send-amount', '1.5');
    const typed = async () => [
      await at('send-recipient').inputValue(),
      await at('send-amount').inputValue(),
      await at('send-chain').inputValue(),
    ];
    await press('lock');
    await type('unlock-password', 'password');
    await press('unlock');
    expect(await typed()).toEqual([chainC, '1.5', chainA]);
    await page.reload();
    expect(await typed()).toEqual([chainC, '1.5', chainA]);
    await page.evaluate((id) => window.fake.wallet.setDefaultChain({ chainId: id }), chainB);
    expect(await typed()).toEqual([chainC, '1.5', chainA]);
    await press('send-next');
    await at('approval-sentence').waitFor();
    await press('back');
    expect(await typed()).toEqual([chainC, '1.5', chainA]);
    expect(await calls()).toContain('reject');
    await at('send-chain').selectOption(chainB);
    expect(await typed()).toEqual([chainC, '1.5', chainB]);
    await press('send-next');
    await press('approve');
    await press('approval-close');
    await press('send');
    expect((await typed()).slice(0, 2)).toEqual(['', '']);
  });
  it('is left by Escape', async () => {
    await open('home', { route: '/settings/password' });
    await at('old-password').press('Escape');
    await at('screen-settings').waitFor();
  });
  it('opens where one pressed, and takes the keys', async () => {
    await open('home', { route: '/settings/accounts' });
    await page.getByRole('button', { name: 'Rename Account 1' }).click();
    await page.locator('li [data-testid=account-label]:focus').waitFor();
  });
  it('says that an account has its chain, and renames none', async () => {
    await open('home', { route: '/claim' });
    await at('claim-has-one').waitFor();
    await type('claim-label', 'Holiday');
    await press('claim-chain');
    await at('claim-same').waitFor();
    expect(await lastParams('claimChain')).not.toContain('Holiday');
    expect(await lastParams('claimChain')).toContain('"networkId":"local"');
    expect(await calls()).not.toContain('labelChain');
  });
});

describe.skipIf(!executablePath)('the list of activity', () => {
  it('is where it was after a look at one of its blocks', async () => {
    await open('longActivity', { route: '/activity' });
    await at('activity-chain').selectOption(chainB);
    await press('activity-older');
    const row = page.locator('[data-testid=activity-entry][data-height="25"]');
    await row.click();
    await at('screen-activity-detail').waitFor();
    await press('back');
    await row.waitFor();
    expect(await page.getByTestId('activity-entry').count()).toBe(40);
    const box = await row.boundingBox();
    expect(box!.y).toBeGreaterThan(0);
    expect(box!.y).toBeLessThan(600);
  });
});

describe.skipIf(!executablePath)('what others wrote', () => {
  it('hides nothing: names, and text to be signed', async () => {
    await open('foreign');
    expect(await text('chain-switch')).toContain('Sav⟨U+200B⟩ings');
    await press('open-approval');
    expect(await text('sign-text')).toContain('pay ⟨U+202E⟩000,1⟨U+202C⟩');
    expect(await text('screen-sign')).toContain('Ali⟨U+202E⟩ce');
  });
  it('is signed only when its end was seen', async () => {
    await open('longText', { view: 'approval' });
    await page.waitForTimeout(900);
    expect(await at('approve').isDisabled()).toBe(true);
    await page.locator('.end').scrollIntoViewIfNeeded();
    await page.locator('[data-testid=approve]:enabled').waitFor();
  });
  it('is an address in letters that cannot imitate', async () => {
    await open('idn', { view: 'approval' });
    await at('idn').waitFor();
    expect(await text('approval-origin')).toContain('xn--pple-43d.com');
  });
  it('is a recipient, whole, with the name that it has here', async () => {
    await open('ownTransfer', { route: '/approval/t1' });
    expect((await text('approval-recipient')).replace(/\s/g, '')).toContain(chainB);
    expect(await text('approval-recipient')).toContain('Your chain Games');
    expect(await text('approval-sentence')).toBe('Send 3 tokens from Savings to Games.');
  });
  it('is dangerous when it looks like somebody known', async () => {
    await open('lookAlike', { view: 'approval' });
    await at('warning-LookAlike').waitFor();
    await page.waitForTimeout(800);
    expect(await at('approve').isDisabled()).toBe(true);
  });
});

describe.skipIf(!executablePath)('who cannot see or point', () => {
  it('hears a hash whole, and where the window is', async () => {
    await open('home');
    expect(await page.locator('.hash').first().textContent()).toContain(`chain id ${chainA}`);
    expect(await page.locator('span[aria-label]').count()).toBe(0);
    expect(await page.title()).toBe('Wallet · Mica');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });
  it('keeps the focus when the words are shown', async () => {
    await open('empty', { view: 'tab', route: '/create' });
    await press('phrase-show');
    await page.locator('ol:focus').waitFor();
  });
  it('sees what has the focus above the buttons at the bottom', async () => {
    await open('empty', { view: 'tab', route: '/create' });
    await press('phrase-show');
    await at('phrase-length').focus();
    await page.keyboard.press('Tab');
    const [tick, foot] = await Promise.all([
      at('phrase-saved').boundingBox(),
      page.locator('.page-foot').boundingBox(),
    ]);
    expect(tick!.y + tick!.height).toBeLessThanOrEqual(foot!.y);
  });
  it('is shown what failed', async () => {
    await open('unknown', { route: '/approval/t1' });
    await page.evaluate(() => {
      window.fake.wallet.options.confirmFailure = { code: 'Busy', message: 'Not now.' };
    });
    await press('approve');
    await at('failure').waitFor();
    const box = await at('failure').boundingBox();
    expect(box!.y + box!.height).toBeLessThanOrEqual(600);
  });
  it('sees nothing turn that may not move', async () => {
    await open('committing', { view: 'approval' });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const spinner = page.locator('.approval-window .spinner');
    await expect
      .poll(() => spinner.evaluate((one) => getComputedStyle(one).animationName))
      .toBe('none');
  });
  it('finds the current place in colours of their own', async () => {
    await open('home');
    await page.emulateMedia({ forcedColors: 'active' });
    const line = (id: string) => at(id).evaluate((one) => getComputedStyle(one).outlineStyle);
    await expect.poll(() => line('nav-home')).toBe('solid');
    expect(await line('nav-sites')).toBe('none');
  });
});
