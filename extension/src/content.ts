// The content script: between the page's provider and the service worker. It holds no secret and
// decides nothing.
import { postEnvelope, readEnvelope, TO_CONTENT, TO_PAGE } from './content/wire.ts';
import { Relay } from './content/relay.ts';
import { LEAVE } from './doors/page.ts';
import { systemClock } from '@mica/bindings/wake';

// Its other end is the offscreen page, which outlives the service worker.
let line: chrome.runtime.Port | null = null;
function watch(lost: () => void): void {
  const made = chrome.runtime.connect();
  line = made;
  made.onDisconnect.addListener(() => {
    if (line === made) lost();
  });
}

const relay = new Relay({
  // Throws when the extension is gone.
  send: async (message) => chrome.runtime.sendMessage(message),
  toPage: (text) => postEnvelope(TO_PAGE, text),
  clock: systemClock,
  watch,
  isActivated: () => navigator.userActivation.isActive,
  // The browser takes the id away.
  isConnected: () => (chrome.runtime as typeof chrome.runtime | undefined)?.id !== undefined,
});

window.addEventListener('message', (event) => {
  const text = readEnvelope(event, TO_CONTENT);
  if (text !== null) relay.fromPage(text);
});
chrome.runtime.onMessage.addListener((message: unknown) => {
  if (typeof message === 'string') relay.fromWorker(message);
});

// Async: a call that throws rejects as well.
const leave = async () => chrome.runtime.sendMessage(LEAVE);
// What waits for a document ends with it; one that comes back asks again.
addEventListener('pagehide', () => {
  if (relay.isUsed) void leave().catch(() => undefined);
});
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) relay.back();
});
