// The content script: between the page's provider and the service worker. It holds no secret and
// decides nothing.
import { postEnvelope, readEnvelope, TO_CONTENT, TO_PAGE } from './content/wire.ts';
import { Relay } from './content/relay.ts';

const relay = new Relay({
  send: (text) => chrome.runtime.sendMessage(text),
  toPage: (text) => postEnvelope(TO_PAGE, text),
  later: (ms, run) => void setTimeout(run, ms),
});

window.addEventListener('message', (event) => {
  const text = readEnvelope(event, TO_CONTENT);
  if (text !== null) relay.fromPage(text);
});
chrome.runtime.onMessage.addListener((message: unknown) => {
  if (typeof message === 'string') relay.fromWorker(message);
});
