// Every screen by name: the scene it needs, and how one comes to it.
import type { Page } from 'playwright-core';

export interface Look {
  scene: string;
  page?: 'popup' | 'tab' | 'sidepanel' | 'approval';
  route?: string;
  act?(page: Page): Promise<unknown>;
}

const press = (page: Page, id: string) => page.getByTestId(id).first().click();
const type = (page: Page, id: string, text: string) => page.getByTestId(id).first().fill(text);
const unknown = 'dead'.repeat(16);
const known = '69705f85ac4c9fef6c02b4d83426aaaf05154c645ec1c61665f8e450f0468bc0';
const seen = (page: Page, id: string) => page.getByTestId(id).first().waitFor();

const applicationsRoute =
  '/chains/e476187f6ddfeb9d588c7b45d3df334d5501d6499b3f9ad5595cae86cce16a65/applications';
async function mutate(page: Page): Promise<void> {
  await type(page, 'query-text', 'mutation { increment(value: 3) }');
  await press(page, 'query-run');
  await seen(page, 'query-scheduled');
}

export const looks: Record<string, Look> = {
  welcome: { scene: 'empty', page: 'tab' },
  phrase: { scene: 'empty', page: 'tab', route: '/create', act: (p) => press(p, 'phrase-show') },
  'phrase-24': {
    scene: 'empty',
    route: '/create',
    page: 'tab',
    act: (p) => press(p, 'phrase-length'),
  },
  confirm: { scene: 'empty', page: 'tab', route: '/create', act: confirmWrong },
  restore: {
    scene: 'empty',
    page: 'tab',
    route: '/restore',
    act: async (p) => {
      await type(p, 'restore-words', 'legal winer thank year');
      await p.locator('.problem').waitFor();
    },
  },
  password: { scene: 'empty', page: 'tab', route: '/restore', act: weakPassword },
  'restore-file': { scene: 'empty', page: 'tab', route: '/restore/file' },
  unlock: { scene: 'locked' },
  'unlock-wrong': {
    scene: 'lockedIncoming',
    act: async (p) => {
      await type(p, 'unlock-password', 'wrong');
      await press(p, 'unlock');
      await seen(p, 'failure');
    },
  },
  forgot: { scene: 'locked', page: 'tab', route: '/forgot' },
  'restoring-file': { scene: 'slowLocked', page: 'tab', route: '/forgot', act: restoring },
  'password-guessed': { scene: 'empty', page: 'tab', route: '/restore', act: guessedPassword },
  'unlock-wait': { scene: 'tooSoon' },
  home: { scene: 'home' },
  'home-tab': { scene: 'home', page: 'tab' },
  'home-panel': { scene: 'incoming', page: 'sidepanel' },
  'no-chain': { scene: 'noChain' },
  owner: { scene: 'owner' },
  events: { scene: 'events' },
  pending: { scene: 'pending' },
  offline: { scene: 'offline' },
  'no-quorum': { scene: 'noQuorum' },
  'clock-ahead': { scene: 'clockAhead' },
  'clock-behind': { scene: 'clockBehind' },
  closed: { scene: 'closed' },
  'not-executed': { scene: 'notExecuted' },
  'send-not-executed': { scene: 'notExecuted', route: '/send' },
  full: { scene: 'full' },
  damaged: { scene: 'damaged' },
  'store-lost': { scene: 'storeLost' },
  reset: { scene: 'reset' },
  claim: { scene: 'noChain', route: '/claim' },
  'find-further': { scene: 'furtherAccounts', page: 'tab', route: '/restore', act: findFurther },
  'find-more': { scene: 'home', route: '/find', act: findThem },
  'account-added': { scene: 'home', route: '/settings/accounts', act: addAccount },
  find: { scene: 'noChain', route: '/find', act: findThem },
  chains: { scene: 'home', route: '/chains' },
  chain: {
    scene: 'home',
    route: '/chains/e476187f6ddfeb9d588c7b45d3df334d5501d6499b3f9ad5595cae86cce16a65',
  },
  permissions: {
    scene: 'permissions',
    route: '/chains/e476187f6ddfeb9d588c7b45d3df334d5501d6499b3f9ad5595cae86cce16a65',
  },
  applications: { scene: 'home', route: applicationsRoute },
  'no-applications': { scene: 'noApplications', route: applicationsRoute },
  application: { scene: 'home', route: `${applicationsRoute}/${'5c'.repeat(32)}`, act: mutate },
  'application-schema': {
    scene: 'home',
    page: 'tab',
    route: `${applicationsRoute}/${'5c'.repeat(32)}`,
    act: async (p) => {
      await press(p, 'schema-read');
      await seen(p, 'schema');
    },
  },
  'add-chain': { scene: 'home', route: '/chains/add' },
  send: {
    scene: 'owner',
    route: '/send',
    act: async (p) => {
      await type(p, 'send-recipient', known);
      await type(p, 'send-amount', '9000');
      await p.locator('.hint .good').waitFor();
    },
  },
  'send-unknown': {
    scene: 'home',
    route: '/send',
    act: async (p) => {
      await type(p, 'send-recipient', unknown);
      await press(p, 'send-max');
      await seen(p, 'recipient-unknown');
    },
  },
  receive: { scene: 'home', route: '/receive' },
  activity: { scene: 'home', route: '/activity' },
  'activity-detail': {
    scene: 'home',
    route: '/activity/e476187f6ddfeb9d588c7b45d3df334d5501d6499b3f9ad5595cae86cce16a65/5',
  },
  connect: { scene: 'connect', page: 'approval' },
  'connect-reads': { scene: 'connectReads', page: 'approval' },
  transfer: { scene: 'transfer', page: 'approval' },
  'transfer-raw': {
    scene: 'transfer',
    page: 'approval',
    act: (p) => p.getByTestId('effects-raw').locator('summary').click(),
  },
  'every-operation': { scene: 'everyOperation', page: 'approval' },
  blob: { scene: 'blob', page: 'approval' },
  calls: { scene: 'calls', page: 'approval' },
  'every-line': {
    scene: 'home',
    route: '/activity/e476187f6ddfeb9d588c7b45d3df334d5501d6499b3f9ad5595cae86cce16a65/1',
  },
  host: { scene: 'host', page: 'approval' },
  'host-here': { scene: 'hostHere', page: 'approval' },
  'host-private': { scene: 'hostPrivate', page: 'approval' },
  hosts: { scene: 'hosts', route: '/settings/hosts' },
  'no-hosts': { scene: 'home', route: '/settings/hosts' },
  preparing: { scene: 'preparing', page: 'approval' },
  committing: { scene: 'committing', page: 'approval' },
  changed: { scene: 'changed', page: 'approval' },
  danger: { scene: 'danger', page: 'approval' },
  'reads-otherwise': {
    scene: 'readsOtherwise',
    page: 'approval',
    act: (p) => seen(p, 'reads-otherwise'),
  },
  done: { scene: 'transfer', route: '/approval/t1', act: (p) => approved(p, 'approval-close') },
  unknown: { scene: 'unknown', page: 'approval', act: (p) => approved(p, 'failure') },
  failed: { scene: 'failed', page: 'approval' },
  sign: { scene: 'sign', page: 'approval' },
  'sign-long': { scene: 'longText', page: 'approval' },
  'sign-foreign': { scene: 'foreign', page: 'approval' },
  'home-foreign': { scene: 'foreign' },
  'transfer-long': { scene: 'long', page: 'approval' },
  'transfer-own': { scene: 'ownTransfer', route: '/approval/t1' },
  'transfer-look-alike': { scene: 'lookAlike', page: 'approval' },
  'connect-idn': { scene: 'idn', page: 'approval' },
  'home-long': { scene: 'long' },
  'chains-long': { scene: 'long', route: '/chains' },
  'send-long': { scene: 'long', route: '/send' },
  'receive-long': { scene: 'long', route: '/receive' },
  sites: { scene: 'home', route: '/sites' },
  blocked: { scene: 'blocked', route: '/sites' },
  'network-busy': { scene: 'busyNetwork' },
  'engine-stopped': { scene: 'engineStopped' },
  site: { scene: 'home', route: '/sites/https%3A%2F%2Fshop.example.org' },
  networks: { scene: 'noQuorum', route: '/networks' },
  'add-network': { scene: 'home', route: '/networks/add' },
  settings: { scene: 'home', route: '/settings' },
  accounts: { scene: 'home', route: '/settings/accounts', act: (p) => press(p, 'account-new') },
  'change-password': { scene: 'home', route: '/settings/password' },
  backup: { scene: 'home', route: '/settings/backup' },
  reveal: {
    scene: 'home',
    route: '/settings/phrase',
    act: async (p) => {
      await type(p, 'reveal-password', 'password');
      await press(p, 'reveal-phrase');
      await press(p, 'phrase-show');
    },
  },
};

async function confirmWrong(p: Page) {
  await press(p, 'phrase-show');
  await p.getByTestId('phrase-saved').check();
  await press(p, 'phrase-next');
  await type(p, 'confirm-word', 'nonsense');
  await press(p, 'confirm-next');
}

async function weakPassword(p: Page) {
  const words = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
  await type(p, 'restore-words', words);
  await press(p, 'restore-next');
  await type(p, 'new-password', 'correct horse');
  await type(p, 'new-password-again', 'correct hose');
  await press(p, 'password-next');
}

async function restored(p: Page, password: string) {
  const words = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
  await type(p, 'restore-words', words);
  await press(p, 'restore-next');
  await type(p, 'new-password', password);
  await type(p, 'new-password-again', password);
  await press(p, 'password-next');
}

async function guessedPassword(p: Page) {
  await restored(p, 'micawallet');
  await p.locator('.problem').waitFor();
}

async function findFurther(p: Page) {
  await restored(p, 'correct horse battery');
  await press(p, 'find-search');
  await seen(p, 'find-further-done');
}

async function addAccount(p: Page) {
  await press(p, 'account-new');
  await type(p, 'account-password', 'password');
  await press(p, 'account-save');
  await seen(p, 'account-added');
}

async function restoring(p: Page) {
  await p.getByTestId('forgot-sure').check();
  await press(p, 'forgot-file');
  const file = { name: 'b.mica', mimeType: 'application/octet-stream' };
  await p.getByTestId('backup-file').setInputFiles({ ...file, buffer: Buffer.from('file') });
  await type(p, 'backup-password', 'for the file alone');
  await type(p, 'new-password', 'correct horse battery');
  await type(p, 'new-password-again', 'correct horse battery');
  await press(p, 'restore-file-next');
  await seen(p, 'cancel');
}

async function findThem(p: Page) {
  await press(p, 'find-search');
  await seen(p, 'find-found');
}

async function approved(p: Page, then: string) {
  await press(p, 'approve');
  await seen(p, then);
}

export const sizes = {
  popup: { width: 375, height: 600 },
  approval: { width: 400, height: 660 },
  sidepanel: { width: 360, height: 760 },
  tab: { width: 1100, height: 760 },
};
