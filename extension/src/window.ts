// A wallet window: gets its two ports through the service worker, mounts the wallet's UI on them.
// Extension APIs end here; web/wallet knows none.
import { mountWallet } from '@mica/web/wallet';
import type {
  Settings,
  VaultApi,
  VaultEvents,
  WalletApi,
  WalletEvents,
  WalletHost,
  WalletView,
} from '@mica/wallet-contract/api';
import { requestHost } from './background/host_permissions.ts';
import { remote } from '@mica/wallet-contract/port_rpc';
import { systemClock, wakeIn } from '@mica/bindings/wake';
import { Heartbeat } from './shared/heartbeat.ts';
import type { FromWindow } from './shared/wire.ts';
import type { SessionSettings } from './vault/vault_file.ts';

type Vault = VaultApi & { setSession(s: Partial<SessionSettings>): Promise<void> };

/** Two ports whose other ends go to the engine and to the vault. */
async function newPorts(): Promise<[wallet: MessagePort, vault: MessagePort]> {
  const wallet = new MessageChannel();
  const vault = new MessageChannel();
  const { active } = await navigator.serviceWorker.ready;
  const message: FromWindow = { kind: 'window' };
  active?.postMessage(message, [wallet.port2, vault.port2]);
  return [wallet.port1, vault.port1];
}

async function connect() {
  const [walletPort, vaultPort] = await newPorts();
  const wallet = remote<WalletApi, WalletEvents>(walletPort);
  const vault = remote<Vault, VaultEvents>(vaultPort);
  const reconnect = async () => {
    const [walletPort, vaultPort] = await newPorts();
    wallet.reconnect(walletPort);
    vault.reconnect(vaultPort);
  };
  return { wallet, vault, reconnect };
}

function viewOf(url: URL): WalletView {
  const page = url.searchParams.get('page');
  if (page === 'approval') return { page, id: url.searchParams.get('id') ?? undefined };
  return { page: page === 'tab' || page === 'sidepanel' ? page : 'popup' };
}

function saveFile(name: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([bytes as BlobPart]));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  wakeIn(10_000, () => URL.revokeObjectURL(url));
}

const DRAFT = 'draft/';

/** In the browser's memory: a popup that closes keeps nothing of its own. */
const drafts: WalletHost['drafts'] = {
  async load() {
    const stored = Object.entries(await chrome.storage.session.get(null));
    const kept = stored.filter(([name]) => name.startsWith(DRAFT));
    return Object.fromEntries(kept.map(([name, value]) => [name.slice(DRAFT.length), value]));
  },
  save: (name, value) =>
    value === null
      ? chrome.storage.session.remove(DRAFT + name)
      : chrome.storage.session.set({ [DRAFT + name]: value }),
};

async function start(): Promise<void> {
  const { wallet, vault, reconnect } = await connect();
  const { id: windowId } = await chrome.windows.getCurrent();
  const heartbeat = new Heartbeat(systemClock, {
    ping: () => {
      const seen = document.visibilityState === 'visible';
      return Promise.all([wallet.ping({ seen }), vault.ping({ seen })]);
    },
  });
  heartbeat.events.on('silent', () => void reconnect());
  heartbeat.start();
  document.addEventListener('visibilitychange', () => heartbeat.ask());
  // A new engine knows nothing of the port to the old one.
  let stopped = false;
  vault.on('state', ({ engineRetryAt }) => {
    const before = stopped;
    stopped = engineRetryAt != null;
    if (before && !stopped) void reconnect();
  });
  // Ports tell a worker nothing when the window behind them goes.
  let left = false;
  const leave = (done: boolean) => {
    heartbeat.stop();
    if (!left) for (const port of [wallet, vault]) port.leave(done);
    left = true;
  };
  addEventListener('pagehide', () => leave(false));
  // The vault keeps its own copy of what concerns it: it does not believe the engine.
  const setSettings = async (change: Partial<Settings>) => {
    const { lockAfterMinutes, autoReceive } = change;
    if (lockAfterMinutes !== undefined) await vault.setSession({ lockAfterMinutes });
    if (autoReceive !== undefined) await vault.setSession({ autoReceive });
    await wallet.setSettings(change);
  };
  const host: WalletHost = {
    wallet: new Proxy(wallet, {
      get: (target, name) =>
        name === 'setSettings' ? setSettings : Reflect.get(target, name, target),
    }),
    vault,
    view: viewOf(new URL(location.href)),
    openTab: (route) =>
      void chrome.tabs.create({
        url: chrome.runtime.getURL(`wallet.html?page=tab#${route.replace(/^#/, '')}`),
      }),
    // At once: the browser opens it only in answer to a click.
    openSidePanel: () => {
      if (windowId !== undefined) void chrome.sidePanel.open({ windowId });
    },
    // At once, as above.
    askForHost: (origin) => requestHost(origin),
    drafts,
    saveFile,
    close: () => {
      leave(true);
      window.close();
    },
  };
  const root = document.getElementById('root');
  if (root) mountWallet(root, host);
}

void start();
