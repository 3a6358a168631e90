// The demo dApp: finds a wallet, connects, reads the balance, asks for a transfer. Everything it
// knows of wallets is in docs/provider.md; it imports nothing.

interface Provider {
  request(args: { method: string; params?: unknown; id?: string }): Promise<unknown>;
  on(event: string, listener: (value: never) => void): unknown;
}
interface Announced {
  info: { uuid: string; name: string; icon: string; rdns: string };
  provider: Provider;
}
interface Balance {
  chainId: string;
  balance: string;
  incoming: string;
}
interface Transfer {
  chainId: string;
  height: number;
  blockHash: string;
  certificate: string;
}
interface Stored {
  id: string;
  status: 'waiting' | 'committing' | 'unknown' | 'done' | 'failed';
  result?: Transfer;
  error?: Failed;
}
interface Failed {
  code: number;
  message: string;
  data?: { reason?: string };
}

interface Open {
  id: string;
  params: { chainId: string; recipient: string; amount: string };
}

const $ = <T extends HTMLElement = HTMLElement>(id: string) =>
  document.getElementById(id) as unknown as T;
/** The transfer that is under way, to find it again after a reload: its id and parameters. */
const OPEN_REQUEST = 'demo.openRequest';

let provider: Provider | null = null;
let chainId = '';
let owner = '';

function log(who: 'page' | 'wallet', what: string, value?: unknown): void {
  const item = document.createElement('li');
  const text = value === undefined ? '' : ` ${JSON.stringify(value)}`;
  item.textContent = `${who === 'page' ? '→' : '←'} ${what}${text.slice(0, 300)}`;
  $('log').prepend(item);
}

async function ask<T>(method: string, params?: unknown, id?: string): Promise<T> {
  if (!provider) throw new Error('no wallet');
  log('page', method, params);
  try {
    const result = await provider.request({ method, params, id });
    log('wallet', method, result);
    return result as T;
  } catch (error) {
    const { code, message, data } = error as Failed;
    log('wallet', `${method} failed`, { code, message, data });
    throw error;
  }
}

function say(text: string, tone: 'good' | 'bad' | 'wait' | '' = ''): void {
  $('status').textContent = text;
  $('status').dataset.tone = tone;
}

function rows(list: HTMLElement, values: Record<string, string>): void {
  list.replaceChildren();
  for (const [name, value] of Object.entries(values)) {
    const term = document.createElement('dt');
    const detail = document.createElement('dd');
    term.textContent = name;
    detail.textContent = value;
    detail.dataset.name = name;
    list.append(term, detail);
  }
  list.hidden = false;
}

function showBalance({ balance, incoming }: Balance): void {
  $('balance').textContent = balance;
  const waiting = BigInt(incoming);
  $('incoming').textContent = waiting > 0n ? 'More is on its way in.' : '';
}

function showAccounts(accounts: string[]): void {
  const first = accounts[0] ?? '';
  const connected = first !== '';
  [owner, chainId] = first.includes('@') ? (first.split('@') as [string, string]) : ['', first];
  $<HTMLButtonElement>('send').disabled = !connected;
  $<HTMLButtonElement>('sign').disabled = !connected || owner === '';
  $('disconnect').hidden = !connected;
  $('connection').textContent = connected ? 'Connected.' : 'Not connected.';
  $('connection').dataset.tone = connected ? 'good' : '';
  if (connected) {
    rows($('account'), { chain: chainId, owner: owner || 'none: only followed' });
    void ask<Balance>('linera_getBalance', { chainId }).then(showBalance, () => undefined);
  } else {
    rows($('account'), {});
    $('balance').textContent = '–';
    $('incoming').textContent = '';
  }
}

function showTransfer({ chainId, height, blockHash, certificate }: Transfer): void {
  sessionStorage.removeItem(OPEN_REQUEST);
  say('Certified by a quorum of validators.', 'good');
  rows($('result'), {
    chain: chainId,
    height: String(height),
    block: blockHash,
    certificate: `${certificate.slice(0, 64)}… (${certificate.length / 2} bytes)`,
  });
}

function showFailure(error: unknown): void {
  const { code, message, data } = error as Failed;
  if (data?.reason === 'OutcomeUnknown') {
    return say('Sent, but no quorum has answered yet: still trying.', 'wait');
  }
  sessionStorage.removeItem(OPEN_REQUEST);
  if (code === 4001) say('You said no. Nothing was sent.', 'bad');
  else say(`${message} (${code})`, 'bad');
}

async function transfer(event: Event): Promise<void> {
  event.preventDefault();
  const recipient = $<HTMLInputElement>('recipient').value.trim();
  const amount = $<HTMLInputElement>('amount').value.trim();
  const open: Open = { id: crypto.randomUUID(), params: { chainId, recipient, amount } };
  sessionStorage.setItem(OPEN_REQUEST, JSON.stringify(open));
  $('result').hidden = true;
  say('Look at your wallet: it asks whether to do this.', 'wait');
  await answerTo(open);
}

async function answerTo({ id, params }: Open): Promise<void> {
  try {
    showTransfer(await ask<Transfer>('linera_transfer', params, id));
  } catch (error) {
    showFailure(error);
  }
}

function openRequest(): Open | null {
  const stored = sessionStorage.getItem(OPEN_REQUEST);
  return stored === null ? null : (JSON.parse(stored) as Open);
}

// After a reload: the request goes on without this page. While it is open, the same id waits for
// its answer; one that had failed would be asked anew.
async function findAgain(): Promise<void> {
  const open = openRequest();
  if (!open) return;
  try {
    const stored = await ask<Stored>('linera_getRequest', { id: open.id });
    if (stored.result) return showTransfer(stored.result);
    if (stored.error) return showFailure(stored.error);
  } catch {
    return sessionStorage.removeItem(OPEN_REQUEST);
  }
  say('Your earlier request is still open.', 'wait');
  await answerTo(open);
}

async function signIn(): Promise<void> {
  const text = [
    `${location.host} wants you to sign in with your Linera account:`,
    owner,
    '',
    'Sign in to the demo shop. This costs nothing.',
    '',
    `URI: ${location.origin}/`,
    'Version: 1',
    'Chain ID: 1',
    `Nonce: ${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`,
    `Issued At: ${new Date().toISOString()}`,
  ].join('\n');
  try {
    const { signature } = await ask<{ signature: string }>('linera_signMessage', {
      chainId,
      message: text,
    });
    $('signature').textContent = `Signed: ${signature}`;
  } catch (error) {
    $('signature').textContent = (error as Failed).message;
  }
}

async function connect(found: Announced): Promise<void> {
  $('connection').textContent = 'Look at your wallet: choose what this page may see.';
  $('connection').dataset.tone = 'wait';
  try {
    showAccounts(await ask<string[]>('linera_requestAccounts'));
  } catch (error) {
    $('connection').textContent = `${found.info.name}: ${(error as Failed).message}`;
    $('connection').dataset.tone = 'bad';
  }
}

function use(found: Announced): void {
  provider = found.provider;
  provider.on('accountsChanged', (accounts: string[]) => {
    log('wallet', 'accountsChanged', accounts);
    showAccounts(accounts);
  });
  provider.on('balanceChanged', (balance: Balance) => {
    log('wallet', 'balanceChanged', balance);
    if (balance.chainId === chainId) showBalance(balance);
  });
  provider.on('chainChanged', (network: string) => log('wallet', 'chainChanged', network));
  provider.on('message', (message: { type: string; data: Stored }) => {
    log('wallet', 'message', message);
    const { id, result, error } = message.data;
    if (id !== openRequest()?.id) return;
    if (result) showTransfer(result);
    else if (error) showFailure(error);
  });
  // Connected before? Then no window opens.
  void ask<string[]>('linera_accounts')
    .then(showAccounts, () => undefined)
    .then(findAgain);
}

const seen = new Set<string>();
window.addEventListener('linera:announceProvider', (event) => {
  const found = (event as CustomEvent<Announced>).detail;
  if (seen.has(found.info.uuid)) return;
  seen.add(found.info.uuid);
  $('no-wallet').hidden = true;
  const item = document.createElement('li');
  const button = document.createElement('button');
  const icon = document.createElement('img');
  icon.src = found.info.icon;
  icon.alt = '';
  button.append(icon, `Connect ${found.info.name}`);
  button.dataset.rdns = found.info.rdns;
  button.addEventListener('click', () => {
    if (provider !== found.provider) use(found);
    void connect(found);
  });
  item.append(button);
  $('wallets').append(item);
  if (seen.size === 1) use(found);
});
window.dispatchEvent(new Event('linera:requestProvider'));

$('transfer').addEventListener('submit', (event) => void transfer(event));
$('sign').addEventListener('click', () => void signIn());
$('disconnect').addEventListener(
  'click',
  () => void ask('linera_disconnect').then(() => showAccounts([])),
);
