// Passwords typed on real keyboard layouts with dead keys: every field of the extension must get
// what a page's plain field gets. Also composed text, an emoji, and a password pasted.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { call, ExtensionBrowser, makeProfile, removeProfile } from './lib/extension.ts';
import { check, same, Steps } from './lib/steps.ts';
import * as ui from './lib/wallet_ui.ts';
import { XDisplay } from './lib/x_display.ts';

interface Typing {
  keys: string[];
  text: string;
}
const plain = (text: string) => [...text].map((letter) => (letter === ' ' ? 'space' : letter));

// The same text on both layouts, in either by a dead key: whoever changes keyboards gets in.
const FIRST: Typing = {
  keys: [...plain('correct caf'), 'dead_acute', 'e', ...plain(' bar')],
  text: 'correct café bar',
};
const SECOND: Typing = {
  keys: [...plain('gr'), 'dead_circumflex', 'u', ...plain('n zeit ab')],
  text: 'grûn zeit ab',
};

const steps = new Steps(120_000);
const display = await XDisplay.open();
const profiles = [makeProfile('keyboard'), makeProfile('keyboard-restored')];
let browser!: ExtensionBrowser;
let page!: Page;

async function openBrowser(at: number): Promise<void> {
  browser = await ExtensionBrowser.open(profiles[at]!, [], undefined, display.name);
  page = await browser.walletPage();
  await page.bringToFront();
}

async function typeInto(id: string, { keys }: Typing): Promise<void> {
  await ui.byId(page, id).click();
  display.keys(keys);
}

/** What a plain field of a page makes of the same keys. */
async function plainField(typing: Typing): Promise<string> {
  const other = await browser.context.newPage();
  await other.goto(`chrome-extension://${browser.extensionId}/manifest.json`);
  await other.evaluate(() => {
    const field = Object.assign(document.createElement('input'), { type: 'password' });
    document.body.replaceChildren(field);
    field.focus();
  });
  display.keys(typing.keys);
  const text = await other.locator('input').inputValue();
  await other.close();
  await page.bringToFront();
  return text;
}

async function lock(): Promise<void> {
  await call(page, 'vault', 'lock');
  await ui.screen(page, 'unlock');
}

/** The vault's password is that text, whatever the window showed. */
async function passwordIs(text: string): Promise<void> {
  await lock();
  await call(page, 'vault', 'unlock', { password: text });
  await ui.screen(page, 'claim').catch(() => ui.screen(page, 'home'));
}

async function makeWallet(): Promise<void> {
  await ui.byId(page, 'create-wallet').click();
  await ui.byId(page, 'phrase-show').click();
  const words = await ui.byId(page, 'phrase-word').allTextContents();
  await ui.byId(page, 'phrase-saved').check();
  await ui.byId(page, 'phrase-next').click();
  for (const field of await ui.byId(page, 'confirm-word').all()) {
    await field.fill(words[Number(await field.getAttribute('data-position')) - 1]!);
  }
  await ui.byId(page, 'confirm-next').click();
  await typeInto('new-password', FIRST);
  await typeInto('new-password-again', FIRST);
  await ui.byId(page, 'password-next').click();
  await ui.screen(page, 'claim', 30_000);
}

async function changePassword(): Promise<void> {
  await ui.goTo(page, '/settings/password');
  await typeInto('old-password', FIRST);
  await typeInto('new-password', SECOND);
  await typeInto('new-password-again', SECOND);
  await ui.byId(page, 'change-password').click();
  await ui.byId(page, 'password-changed').waitFor();
}

async function saveBackup(): Promise<Buffer> {
  await ui.goTo(page, '/settings/backup');
  await typeInto('backup-wallet-password', SECOND);
  await typeInto('backup-password', FIRST);
  await typeInto('backup-password-again', FIRST);
  const saved = page.waitForEvent('download');
  await ui.byId(page, 'backup-save').click();
  return readFileSync(await (await saved).path());
}

async function restoreBackup(file: Buffer): Promise<void> {
  await ui.byId(page, 'restore-file').click();
  const upload = { name: 'b.mica', mimeType: 'application/octet-stream', buffer: file };
  await ui.byId(page, 'backup-file').setInputFiles(upload);
  await typeInto('backup-password', FIRST);
  await typeInto('new-password', SECOND);
  await typeInto('new-password-again', SECOND);
  await ui.byId(page, 'restore-file-next').click();
  await ui.screen(page, 'import', 30_000);
}

/** An input method: a preedit that changes before it is taken. */
async function compose(id: string, parts: string[]): Promise<void> {
  await ui.byId(page, id).click();
  const session = await page.context().newCDPSession(page);
  const last = parts.at(-1)!;
  for (const text of parts) {
    const selection = { selectionStart: text.length, selectionEnd: text.length };
    await session.send('Input.imeSetComposition', { text, ...selection });
  }
  await session.send('Input.insertText', { text: last });
  await session.detach();
}

async function composed(): Promise<void> {
  await ui.goTo(page, '/settings/password');
  await typeInto('old-password', SECOND);
  for (const id of ['new-password', 'new-password-again']) {
    await ui.byId(page, id).click();
    display.keys(plain('tokyo '));
    await compose(id, ['k', 'か', '加']);
    await page.keyboard.insertText('🔑');
    display.keys(plain('end'));
  }
  await ui.byId(page, 'change-password').click();
  await ui.byId(page, 'password-changed').waitFor();
  await passwordIs('tokyo 加🔑end');
}

async function shownAndPasted(): Promise<void> {
  await ui.goTo(page, '/settings/password');
  await ui.byId(page, 'old-password').fill('tokyo 加🔑end');
  const eyes = page.getByRole('button', { name: 'Show the password' });
  for (let left = await eyes.count(); left > 0; left -= 1) await eyes.first().click();
  const passwords = page.locator('input');
  same(await passwords.first().inputValue(), 'tokyo 加🔑end', 'what the eye shows');
  await ui.byId(page, 'new-password').click();
  await page.keyboard.insertText('🔑 in the middle');
  display.keys(['Home', 'Delete', 'x']);
  await ui.byId(page, 'new-password').press('Control+a');
  await ui.byId(page, 'new-password').press('Control+c');
  await ui.byId(page, 'new-password-again').click();
  await page.keyboard.press('Control+v');
  await ui.byId(page, 'change-password').click();
  await ui.byId(page, 'password-changed').waitFor();
  await passwordIs('x in the middle');
}

try {
  display.layout('us', 'intl');
  await openBrowser(0);
  await steps.run('a plain field takes the dead keys of us-intl', async () =>
    same(await plainField(FIRST), FIRST.text, 'the text'),
  );
  await steps.run('a new password is what was typed', async () => {
    await makeWallet();
    await passwordIs(FIRST.text);
  });
  display.layout('de');
  await steps.run('on another layout the same password unlocks', async () => {
    await lock();
    same(await plainField(SECOND), SECOND.text, 'the text in a plain field');
    await typeInto('unlock-password', FIRST);
    await ui.byId(page, 'unlock').click();
    await ui.screen(page, 'claim').catch(() => ui.screen(page, 'home'));
  });
  await steps.run('and is changed', async () => {
    await changePassword();
    await passwordIs(SECOND.text);
  });
  const file = await steps.run('a backup file gets its own', saveBackup);
  await steps.run('text of an input method, and an emoji', composed);
  await steps.run('seen with the eye, edited, copied and pasted', shownAndPasted);
  await browser.close();
  await openBrowser(1);
  await steps.run('the backup file opens with it, elsewhere', async () => {
    display.layout('us', 'intl');
    await restoreBackup(file);
    await lock();
    await call(page, 'vault', 'unlock', { password: SECOND.text });
  });
  check(browser.complaints.length === 0, `no complaint: ${browser.complaints.join('; ')}`);
} catch (error) {
  console.error(error);
} finally {
  await browser?.close();
  profiles.forEach(removeProfile);
  display.close();
}
process.exit(steps.finish());
