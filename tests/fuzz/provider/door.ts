// The door: a message or a sender is let in as what it says it is, or refused with a DoorError.
import fc from 'fast-check';
import {
  checkPageMessage,
  checkPageSender,
  DoorError,
  type PageMessage,
  type PageSender,
  type SenderLike,
} from '@mica/extension/doors/page';
import { check } from './checks.ts';
import { anyText, junk, messageTexts, sites } from './values.ts';

/** null: refused. */
function orRefused<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof DoorError) return null;
    throw error;
  }
}

function checkMessage(admitted: PageMessage, text: unknown): void {
  check(typeof text === 'string', 'let in, but no text');
  if (admitted.kind === 'attach') return;
  check(admitted.kind === 'request', `let in a ${String(admitted.kind)}`);
  const { id, method, params } = admitted.request;
  check(typeof id === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(id), 'a bad id');
  check(typeof method === 'string' && /^[A-Za-z0-9_]{1,64}$/.test(method), 'a bad method');
  const said = JSON.parse(text) as { params: unknown };
  // Everybody behind the door can copy and write what was let in.
  const copy = structuredClone(params);
  check(JSON.stringify(copy) === JSON.stringify(said.params), 'other parameters');
}

export const message = fc.property(
  fc.oneof(
    { weight: 9, arbitrary: messageTexts },
    { weight: 1, arbitrary: fc.anything({ withBigInt: true, withDate: true, withMap: true }) },
  ),
  (value) => {
    const admitted = orRefused(() => checkPageMessage(value));
    if (admitted) checkMessage(admitted, value);
  },
);

// --- senders ------------------------------------------------------------------------------------

const extensionId = 'jlhiconkglfjnhiahecbecdjfaegnlkl';
const origins = fc.oneof(
  fc.constantFrom(...sites.map(({ origin }) => origin), 'http://localhost', 'http://[::1]:80'),
  fc.constantFrom('null', '', 'file://', 'about:blank', 'data:text/html,x', 'https://', 'https:/a'),
  fc.constantFrom(
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://2130706433',
  ),
  fc.constantFrom('http://192.168.0.1', 'http://shop.example', 'ws://localhost', 'ftp://localhost'),
  fc.constantFrom(
    'blob:https://shop.example/1',
    'filesystem:https://shop.example/',
    'javascript:1',
  ),
  fc.constantFrom(
    'https://shop.example@evil.example',
    'https://ѕhop.example',
    'HTTPS://SHOP.example',
  ),
  fc.constant(`chrome-extension://${extensionId}`),
  fc.webUrl({ withQueryParameters: true, validSchemes: ['http', 'https', 'ws'] }),
  anyText,
);
const mostly = <T>(value: T, other: fc.Arbitrary<unknown> = junk): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });

const senders = fc
  .record({
    origin: fc.oneof({ weight: 9, arbitrary: origins }, { weight: 1, arbitrary: junk }),
    url: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(null, '/pay?x=1', '/@evil.example', '#') },
      { weight: 1, arbitrary: origins },
      { weight: 1, arbitrary: junk },
    ),
    id: mostly(extensionId),
    frameId: mostly(0),
    documentId: mostly('D1'),
    documentLifecycle: mostly('active'),
    tab: mostly({ id: 7 }, fc.oneof(junk, fc.record({ id: junk }))),
  })
  // Mostly an address of that very origin.
  .map((sender) => {
    const { origin, url } = sender;
    const within = typeof url === 'string' && /^[/#]/.test(url) && typeof origin === 'string';
    return { ...sender, url: within ? `${origin}${url}` : (url ?? origin) };
  });

function checkSender(page: PageSender, sender: SenderLike): void {
  const url = new URL(page.origin);
  check(url.origin === page.origin, `no origin: ${page.origin}`);
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  check(url.protocol === 'https:' || (url.protocol === 'http:' && here), `insecure: ${url}`);
  check(new URL(sender.origin ?? '').origin === page.origin, 'not the origin that was said');
  check(new URL(sender.url ?? '').origin === page.origin, 'not the origin of the address');
  check(sender.id === extensionId, 'not our content script');
  check(sender.frameId === 0, 'not the top frame');
  check(sender.documentLifecycle === 'active', 'not active');
  check(typeof page.tabId === 'number' && Object.is(page.tabId, sender.tab?.id), 'no tab');
  check(typeof page.documentId === 'string' && page.documentId !== '', 'no document');
}

export const sender = fc.property(senders, (value) => {
  const page = orRefused(() => checkPageSender(value as SenderLike, extensionId));
  if (page) checkSender(page, value as SenderLike);
});
