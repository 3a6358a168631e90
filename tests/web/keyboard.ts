// Passwords typed on real keyboard layouts with dead keys, in a browser that is shown on a display:
// every field of the wallet's windows must get what a page's plain field gets. Also composed text,
// an emoji, and a password that is pasted. The windows stand on workers without cryptography.
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '@mica/tools/lib';
import type { FakeHost } from '@mica/web/fake/scenes';
import { servePreview } from '@mica/web/preview/serve';
import { check, same, Steps } from './lib/steps.ts';
import { byId, screen } from './lib/wallet_ui.ts';
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
const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

const steps = new Steps(120_000);
const display = await XDisplay.open();
const preview = await servePreview();
const complaints: string[] = [];
let browser!: Browser;
let page!: Page;

type Faked = Window & { fake: FakeHost };
const passwordNow = () => page.evaluate(() => (window as unknown as Faked).fake.vault.password);

async function open(scene: string, route: string): Promise<void> {
  await page?.close();
  page = await browser.newPage({ viewport: { width: 400, height: 660 } });
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${preview.url}?scene=${scene}&page=tab#${route}`);
  await page.bringToFront();
}

async function typeInto(id: string, { keys }: Typing): Promise<void> {
  await byId(page, id).click();
  display.keys(keys);
}

/** What a page's plain field makes of the same keys. */
async function plainField(typing: Typing): Promise<string> {
  await open('empty', '/');
  await page.evaluate(() => {
    const field = Object.assign(document.createElement('input'), { type: 'password' });
    document.body.replaceChildren(field);
    field.focus();
  });
  display.keys(typing.keys);
  return page.locator('input').inputValue();
}

async function restorePhrase(): Promise<void> {
  await open('empty', '/restore');
  await typeInto('restore-words', { keys: plain(PHRASE), text: PHRASE });
  await page.locator('summary').click();
  await typeInto('restore-passphrase', SECOND);
  await byId(page, 'restore-next').click();
  await typeInto('new-password', FIRST);
  await typeInto('new-password-again', FIRST);
  await byId(page, 'password-next').click();
  await screen(page, 'find');
  const { phrase, passphrase } = await page.evaluate(() => {
    const { vault } = (window as unknown as Faked).fake;
    return { phrase: vault.phrase, passphrase: vault.passphrase };
  });
  same(phrase, PHRASE, 'the phrase');
  same(passphrase, SECOND.text, 'its passphrase');
  same(await passwordNow(), FIRST.text, 'the password');
}

async function lockAndUnlock(): Promise<void> {
  await byId(page, 'lock').click();
  await typeInto('unlock-password', FIRST);
  await byId(page, 'unlock').click();
  await byId(page, 'lock').waitFor();
}

const goTo = (to: string) => page.evaluate((route) => void (location.hash = route), to);

async function change(from: Typing, to: Typing): Promise<void> {
  await goTo('/settings/password');
  await typeInto('old-password', from);
  await typeInto('new-password', to);
  await typeInto('new-password-again', to);
  await byId(page, 'change-password').click();
  await byId(page, 'password-changed').waitFor();
  same(await passwordNow(), to.text, 'the password');
}

async function saveAndRestoreBackup(): Promise<void> {
  await goTo('/settings/backup');
  await typeInto('backup-wallet-password', SECOND);
  await typeInto('backup-password', FIRST);
  await typeInto('backup-password-again', FIRST);
  await byId(page, 'backup-save').click();
  await byId(page, 'backup-saved').waitFor();
  const bytes = await page.evaluate(() => {
    const [file] = (window as unknown as Faked).fake.saved;
    return [...file!.bytes];
  });
  display.layout('us', 'intl');
  await open('empty', '/restore/file');
  const file = { name: 'b.mica', mimeType: 'application/octet-stream' };
  await byId(page, 'backup-file').setInputFiles({ ...file, buffer: Buffer.from(bytes) });
  await typeInto('backup-password', FIRST);
  await typeInto('new-password', SECOND);
  await typeInto('new-password-again', SECOND);
  await byId(page, 'restore-file-next').click();
  await screen(page, 'import');
  same(await passwordNow(), SECOND.text, 'the password');
}

/** An input method: a preedit that changes before it is taken. */
async function compose(parts: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const text of parts) {
    const selection = { selectionStart: text.length, selectionEnd: text.length };
    await session.send('Input.imeSetComposition', { text, ...selection });
  }
  await session.send('Input.insertText', { text: parts.at(-1)! });
  await session.detach();
}

async function composed(): Promise<void> {
  await open('home', '/settings/password');
  await byId(page, 'old-password').fill('password');
  for (const id of ['new-password', 'new-password-again']) {
    await byId(page, id).click();
    display.keys(plain('tokyo '));
    await compose(['k', 'か', '加']);
    await page.keyboard.insertText('🔑');
    display.keys(plain('end'));
  }
  await byId(page, 'change-password').click();
  await byId(page, 'password-changed').waitFor();
  same(await passwordNow(), 'tokyo 加🔑end', 'the password');
}

async function shownAndPasted(): Promise<void> {
  await open('home', '/settings/password');
  await byId(page, 'old-password').fill('password');
  const eyes = page.getByRole('button', { name: 'Show the password' });
  for (let left = await eyes.count(); left > 0; left -= 1) await eyes.first().click();
  await byId(page, 'new-password').click();
  await page.keyboard.insertText('🔑 in the middle');
  display.keys(['Home', 'Delete', 'x', 'ctrl+a', 'ctrl+c']);
  await byId(page, 'new-password-again').click();
  display.keys(['ctrl+v']);
  await byId(page, 'change-password').click();
  await byId(page, 'password-changed').waitFor();
  same(await passwordNow(), 'x in the middle', 'the password');
}

try {
  const env = { ...process.env, DISPLAY: display.name };
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run'];
  const executablePath = (await findChromium()) ?? undefined;
  browser = await chromium.launch({ executablePath, headless: false, env, args });
  display.layout('us', 'intl');
  await steps.run('a plain field takes the dead keys of us-intl', async () =>
    same(await plainField(FIRST), FIRST.text, 'the text'),
  );
  await steps.run('phrase, passphrase and new password are what was typed', restorePhrase);
  display.layout('de');
  await steps.run('on another layout the same password unlocks', lockAndUnlock);
  await steps.run('and is changed', () => change(FIRST, SECOND));
  await steps.run('a backup file gets its own, and opens with it', saveAndRestoreBackup);
  await steps.run('text of an input method, and an emoji', composed);
  await steps.run('seen with the eye, edited, copied and pasted', shownAndPasted);
  check(complaints.length === 0, `no complaint: ${complaints.join('; ')}`);
} catch (error) {
  console.error(error);
} finally {
  await browser?.close();
  await preview.close();
  display.close();
}
process.exit(steps.finish());
