// The secret key, the phrase, the password and what is made from them, searched for wherever they
// must not be.
//   Unlocked: not in the heap of any context but the vault's; and in the memory of all the
//   browser's renderers only the key, only in one mapping, which is the vault's Wasm memory.
//   Locked, with no wallet window open: nowhere in that memory, nowhere in what is stored.
//   But the password and a typed phrase: the browser keeps what was typed into its fields where
//   nobody else can wipe it. How often they are found is told; no heap of JavaScript may have them.
// A marker planted in each place is found there each time, or the search would prove nothing.
import type { Page } from 'playwright-core';
import { loadNodeModule, toHex } from '@mica/bindings/node';
import { fromHex } from '@mica/bindings/text';
import { VaultMachine } from '@mica/extension/vault/machine';
import { secretsOf } from './lib/bip32.ts';
import { serveBlank } from './lib/blank_site.ts';
import { startNetwork } from './lib/devnet.ts';
import { DEBUGGING_PORT, Devtools } from './lib/devtools.ts';
import { call, ExtensionBrowser, makeProfile, removeProfile, stateOf } from './lib/extension.ts';
import { collectAndLeave, contextsOf, letters, type Context } from './lib/extension_contexts.ts';
import { searchHeap } from './lib/heap_search.ts';
import { wasmFolder } from './lib/kill_world.ts';
import { findIn, needlesOf, type Needle } from './lib/needles.ts';
import { renderersOf, searchProcess, type MemoryFind } from './lib/process_memory.ts';
import { searchFolder, storedValues } from './lib/storage_search.ts';
import { check, same, Steps } from './lib/steps.ts';
import * as ui from './lib/wallet_ui.ts';

const PASSWORD = letters(32);
const noShot = async () => {};

const steps = new Steps();
let profile = makeProfile('secrets');
const net = await startNetwork();
const site = await serveBlank();

let browser!: ExtensionBrowser;
let devtools!: Devtools;
let page!: Page;
let phrase = '';
let secrets: Needle[] = [];
/** The hash of the chain's last block: the engine and its store have it, the vault has not. */
let block: Needle[] = [];
/** Must be in memory as long as that is the last block. */
let inEngine: Needle[] = [];

async function openBrowser(): Promise<void> {
  browser = await ExtensionBrowser.open(profile, [DEBUGGING_PORT]);
  devtools = await Devtools.connect(profile.folder);
  const dapp = await browser.context.newPage();
  await dapp.goto(site.url);
  page = await browser.walletPage();
}
async function closeBrowser(): Promise<void> {
  devtools.close();
  await browser.close();
}

// --- a person at the keyboard -----------------------------------------------------------------

// Key by key: filling a field at once would leave copies of the driver's own.
const type = (id: string, text: string) => ui.byId(page, id).pressSequentially(text);

async function makeWallet(): Promise<string> {
  await ui.screen(page, 'welcome');
  await ui.byId(page, 'create-wallet').click();
  await ui.byId(page, 'phrase-show').click();
  const words = await ui.byId(page, 'phrase-word').allTextContents();
  await ui.byId(page, 'phrase-saved').check();
  await ui.byId(page, 'phrase-next').click();
  for (const field of await ui.byId(page, 'confirm-word').all()) {
    const at = Number(await field.getAttribute('data-position')) - 1;
    await field.pressSequentially(words[at]!);
  }
  await ui.byId(page, 'confirm-next').click();
  await type('new-password', PASSWORD);
  await type('new-password-again', PASSWORD);
  await ui.byId(page, 'password-next').click();
  await ui.screen(page, 'claim', 30_000);
  return words.join(' ');
}

async function restoreWallet(): Promise<void> {
  await ui.screen(page, 'welcome');
  await ui.byId(page, 'restore-phrase').click();
  await type('restore-words', phrase);
  await ui.byId(page, 'restore-next').click();
  await type('new-password', PASSWORD);
  await type('new-password-again', PASSWORD);
  await ui.byId(page, 'password-next').click();
  await ui.screen(page, 'find', 30_000);
}

async function lockAndClose(): Promise<void> {
  await call(page, 'vault', 'lock');
  await ui.screen(page, 'unlock');
  const windows = browser.context.pages().filter((one) => one.url().includes('/wallet.html'));
  for (const window of windows) await window.close();
}

// --- what is searched for ---------------------------------------------------------------------

/** The key of the sealed file, as the password gives it. */
async function wrapKey(): Promise<Buffer> {
  const sealed = await page.evaluate(async () => {
    const { 'mica/vault/vault': vault } = await chrome.storage.local.get('mica/vault/vault');
    return (vault as { value: { sealed: string } }).value.sealed;
  });
  const { Vault } = await loadNodeModule(wasmFolder);
  const machine = new VaultMachine(new Vault(), () => undefined, Date.now);
  const inspect = { $: 'Inspect', kind: 'Vault', file: fromHex(sealed) } as const;
  const { kdf } = machine.ask('Parameters', 'Window', inspect);
  const request = { $: 'DeriveKey', password: Buffer.from(PASSWORD), kdf } as const;
  return Buffer.from(machine.ask('Key', 'Window', request).wrap_key);
}

// The second half stands for the whole: an allocator writes into the beginning of what is freed.
const endOf = (name: string, bytes: Buffer, text = false) =>
  needlesOf(name, bytes.subarray(bytes.length / 2), text);

async function knowSecrets(): Promise<void> {
  const { entropy, seed, key, address } = secretsOf(phrase);
  same((await stateOf(page)).vault.accounts[0]!.owner, address, 'whose key it is');
  secrets = [
    ...endOf('phrase', Buffer.from(phrase), true),
    ...endOf('password', Buffer.from(PASSWORD), true),
    ...endOf('key', key),
    ...endOf('entropy', entropy),
    ...endOf('seed', seed),
    ...endOf('wrap key', await wrapKey()),
  ];
}

// --- the searches -----------------------------------------------------------------------------

const size = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
const contextsNow = () => contextsOf(devtools, browser.extensionId, site.url);

async function searchHeaps(contexts: Context[]): Promise<void> {
  for (const { name, session, marker } of contexts.filter(({ vault }) => !vault)) {
    const { strings, finds } = await searchHeap(session, [...secrets, ...marker]);
    console.log(`       ${name}: ${strings} strings`);
    check(finds.includes(marker[0]!.name), `the marker in the heap of the ${name}`);
    const isMarker = (find: string) => marker.some((form) => form.name === find);
    same(
      finds.filter((find) => !isMarker(find)),
      [],
      `found in the heap of the ${name}`,
    );
  }
}

/** What of the secrets is in the renderers; every marker must be there. */
function searchMemory(contexts: Context[]): { found: MemoryFind[]; markers: MemoryFind[] } {
  const markers = [...contexts.flatMap(({ marker }) => marker), ...inEngine];
  const names = new Set(markers.map(({ name }) => name));
  const finds: MemoryFind[] = [];
  for (const { pid, extension } of renderersOf(profile.folder)) {
    const search = searchProcess(pid, [...secrets, ...markers]);
    finds.push(...search.finds);
    console.log(`       ${size(search.bytes)} of ${extension ? 'the extension' : 'a page'}`);
  }
  const seen = new Set(finds.map(({ needle }) => needle));
  same(
    [...names].filter((name) => !seen.has(name)),
    [],
    'markers not found',
  );
  return {
    found: finds.filter(({ needle }) => !names.has(needle)),
    markers: finds.filter(({ needle }) => names.has(needle)),
  };
}

const described = (finds: MemoryFind[]) =>
  finds.map(({ needle, region, offset, around }) => `${needle} at ${region}+${offset}: ${around}`);

async function onlyTheVaultHasTheKey(): Promise<void> {
  const contexts = await contextsNow();
  await searchHeaps(contexts);
  await collectAndLeave(contexts);
  const { found, markers } = searchMemory(contexts);
  const isKey = ({ needle }: MemoryFind) => needle === 'key raw';
  const others = withoutTyped(found, ['password']);
  same(described(others.filter((find) => !isKey(find))), [], 'found besides the key');
  check(others.some(isKey), 'the key itself, in the vault');
  const regions = new Set(others.map(({ region }) => region));
  same(regions.size, 1, 'mappings with the key');
  const marked = markers.filter(({ region }) => regions.has(region));
  same(described(marked), [], 'markers in the mapping with the key');
}

/** What the browser itself may have kept of its fields is counted and left out. */
function withoutTyped(found: MemoryFind[], secrets: string[]): MemoryFind[] {
  const of = (secret: string) => found.filter(({ needle }) => needle.startsWith(`${secret} `));
  for (const secret of secrets) {
    console.log(
      `       ${secret}: ${of(secret).length} times, text of the field it was typed into`,
    );
  }
  const kept = new Set(secrets.flatMap(of));
  return found.filter((find) => !kept.has(find));
}

async function nothingIsLeft(typed = ['password']): Promise<void> {
  const contexts = await contextsNow();
  await collectAndLeave(contexts);
  const { found } = searchMemory(contexts);
  same(described(withoutTyped(found, typed)), [], 'left in memory');
}

async function nothingIsStored(): Promise<void> {
  const bare = await browser.context.newPage();
  await bare.goto(`chrome-extension://${browser.extensionId}/manifest.json`);
  await bare.evaluate(
    (text) => chrome.storage.local.set({ marker: text }),
    block[0]!.bytes.toString('hex'),
  );
  const values = await storedValues(bare);
  await bare.close();
  const where = (needles: Needle[]) =>
    [...values].filter(([, bytes]) => findIn(bytes, needles).length > 0).map(([name]) => name);
  const marked = where(block);
  check(marked.includes('storage.local.marker'), 'the marker in chrome.storage');
  check(
    marked.some((name) => name.includes('.FILE_DATA.')),
    'the block in IndexedDB',
  );
  same(where(secrets), [], 'stored values with secrets');
}

function nothingOnDisk(): void {
  const { files, bytes, finds } = searchFolder(profile.folder, [...secrets, ...block]);
  console.log(`       ${files} files, ${size(bytes)}`);
  const marked = finds.filter((find) => find.startsWith('the block'));
  for (const folder of ['IndexedDB', 'Local Extension Settings']) {
    check(
      marked.some((find) => find.includes(`/${folder}/`)),
      `the marker in ${folder}`,
    );
  }
  same(
    finds.filter((find) => !find.startsWith('the block')),
    [],
    'files with secrets',
  );
}

try {
  await openBrowser();
  await steps.run('a wallet made by hand, a chain, a payment signed', async () => {
    phrase = await makeWallet();
    await knowSecrets();
    await ui.addNetwork(page, 'Searched', net.faucetUrl, noShot);
    await ui.claimChain(page, 'Searched', noShot);
    await ui.balanceIs(page, '100');
    const hash = await ui.send(page, toHex(net.network.faucetChain), '1', noShot);
    block = needlesOf('the block', Buffer.from(hash, 'hex'), false);
    inEngine = block.slice(0, 1);
  });
  await steps.run('unlocked: only the vault has the key', onlyTheVaultHasTheKey, false);
  await steps.run(
    'locked: no secret in memory',
    () => lockAndClose().then(() => nothingIsLeft()),
    false,
  );
  await steps.run('no secret in what is stored', nothingIsStored, false);
  await closeBrowser();
  await steps.run('no secret on the disk', async () => nothingOnDisk(), false);
  await openBrowser();
  await steps.run('after a restart, unlocked: only the vault has the key', async () => {
    await type('unlock-password', PASSWORD);
    await ui.byId(page, 'unlock').click();
    await ui.screen(page, 'home');
    await ui.balanceIs(page, '99');
    await onlyTheVaultHasTheKey();
  });
  await steps.run('locked again: no secret in memory', () =>
    lockAndClose().then(() => nothingIsLeft()),
  );
  await closeBrowser();
  removeProfile(profile);
  profile = makeProfile('restored');
  inEngine = [];
  await openBrowser();
  await steps.run('restored from the typed phrase: no other secret in memory', async () => {
    await restoreWallet();
    await knowSecrets();
    await lockAndClose();
    await nothingIsLeft(['password', 'phrase']);
  });
} catch (error) {
  console.error(error);
} finally {
  await closeBrowser();
  site.close();
  await net.close();
  removeProfile(profile);
}
process.exit(steps.finish());
