// The router. It checks who speaks (doors/), starts the offscreen page when it is missing and hands
// on; it keeps nothing in memory, because the browser stops it at any time. All listeners are
// registered at the top level, synchronously, so that no event that started it is lost.
import {
  approvalWindowClosed,
  keys,
  load,
  openApprovalWindow,
  openTab,
  save,
} from './background/browser.ts';
import { dropHost, hostAllowed } from './background/host_permissions.ts';
import { showBadge, showNotice, tellAllPages, toPage } from './background/browser.ts';
import { OffscreenLine, type WindowClientLike } from './background/offscreen_host.ts';
import { checkInternalSender } from './doors/internal.ts';
import { checkPageSender, checkRelayed, DoorError, leavingDocument } from './doors/page.ts';
import type { FromOffscreen, FromWindow } from './shared/wire.ts';

const TICK = 'tick';
const warn = (error: unknown) => console.warn('mica:', error);
const offscreen = new OffscreenLine((message, ports) => void answered(message, ports).catch(warn));
const toOffscreen: typeof offscreen.send = (...args) => offscreen.send(...args);

// Pages, through our content script.
chrome.runtime.onMessage.addListener((message: unknown, sender, sendResponse) => {
  const documentId = leavingDocument(message, sender, chrome.runtime.id);
  if (documentId !== null) {
    void toOffscreen({ kind: 'gone', documentId }).catch(warn);
    return false;
  }
  try {
    const page = checkPageSender(sender, chrome.runtime.id);
    toOffscreen({ kind: 'page', page, message: checkRelayed(message) }).then(
      () => sendResponse('{"taken":true}'),
      (error: unknown) => sendResponse(JSON.stringify({ taken: false, why: String(error) })),
    );
    return true;
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
    sendResponse(JSON.stringify({ refused: error.message }));
    return false;
  }
});

// Our own windows and the offscreen page.
self.addEventListener('message', (event) => {
  const { data, source, ports } = event as MessageEvent<FromOffscreen | FromWindow>;
  const sender = checkInternalSender(source, chrome.runtime.getURL('').replace(/\/$/, ''));
  if (sender === 'offscreen') offscreen.met(source as unknown as WindowClientLike);
  const done =
    sender === 'window'
      ? fromWindow(data as FromWindow, ports)
      : answered(data as FromOffscreen, ports);
  (event as unknown as { waitUntil(p: Promise<unknown>): void }).waitUntil(done.catch(warn));
});

async function fromWindow(message: FromWindow, ports: readonly MessagePort[]): Promise<void> {
  if (message.kind === 'window') await toOffscreen({ kind: 'window' }, [...ports]);
}

// The offscreen page says it again if it hears nothing: this worker may be stopped in the middle.
const answered = (message: FromOffscreen, [port]: readonly MessagePort[]): Promise<void> =>
  fromOffscreen(message).then(
    (value) => port?.postMessage({ value: value ?? null }),
    (error: unknown) => port?.postMessage({ error: String(error) }),
  );

async function fromOffscreen(message: FromOffscreen): Promise<unknown> {
  switch (message.kind) {
    case 'toPage': {
      const { tabId, documentId, text } = message;
      const there = await toPage(tabId, documentId, text);
      if (!there) await toOffscreen({ kind: 'gone', documentId });
      return;
    }
    case 'badge':
      return showBadge(message.badge, message.language);
    case 'notify':
      return showNotice(message);
    case 'openApprovalWindow':
      return openApprovalWindow();
    case 'load':
      return load(message.key);
    case 'keys':
      return keys(message.prefix);
    case 'save':
      return save(message.key, message.value);
    case 'hostAllowed':
      return hostAllowed(message.origin);
    case 'dropHost':
      return dropHost(message.origin);
    case 'started':
      return tellAllPages('{"kind":"attach"}');
  }
}

// A wallet is there when the browser is: it hears of money without being opened.
const wake = () => void toOffscreen({ kind: 'tick' }).catch(warn);
chrome.runtime.onStartup.addListener(wake);
chrome.runtime.onInstalled.addListener(({ reason }) => {
  wake();
  // Pages that were open cannot reach this version: they are told that the wallet is gone.
  if (reason === chrome.runtime.OnInstalledReason.UPDATE) {
    void toOffscreen({ kind: 'updated' }).catch(warn);
  }
  if (reason === chrome.runtime.OnInstalledReason.INSTALL) void openTab().catch(warn);
});
chrome.alarms.onAlarm.addListener(({ name }) => {
  if (name === TICK) wake();
});
void chrome.alarms.get(TICK).then((alarm) => {
  if (!alarm) void chrome.alarms.create(TICK, { periodInMinutes: 1 });
});

chrome.idle.onStateChanged.addListener((state) => {
  if (state === 'locked') void toOffscreen({ kind: 'lock' }).catch(warn);
});
chrome.windows.onRemoved.addListener((windowId) => {
  void approvalWindowClosed(windowId)
    .then((ours) => (ours ? toOffscreen({ kind: 'approvalWindowClosed' }) : undefined))
    .catch(warn);
});
chrome.notifications.onClicked.addListener((id) => {
  void chrome.notifications.clear(id);
  void openTab().catch(warn);
});
