import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAX_MODULE_MESSAGE_CHARS } from '@mica/bindings/limits';
import {
  checkOrigin,
  checkPageMessage,
  checkPageSender,
  checkRelayed,
  DoorError,
  LEAVE,
  leavingDocument,
  MAX_MESSAGE_CHARS,
  MAX_MESSAGE_DEPTH,
  type SenderLike,
} from './page.ts';

const id = 'jlhiconkglfjnhiahecbecdjfaegnlkl';
const good = {
  id,
  origin: 'https://shop.example',
  url: 'https://shop.example/pay?x=1',
  frameId: 0,
  documentId: 'D1',
  documentLifecycle: 'active',
  tab: { id: 7 },
};

describe('the door for pages', () => {
  it('lets in the top frame of an active secure page', () => {
    expect(checkPageSender(good, id)).toEqual({
      origin: 'https://shop.example',
      tabId: 7,
      documentId: 'D1',
    });
  });

  it.each([
    ['another extension', { ...good, id: 'other' }],
    ['no tab', { ...good, tab: undefined }],
    ['a private window', { ...good, tab: { id: 7, incognito: true } }],
    ['a frame inside a page', { ...good, frameId: 3 }],
    ['a page being prerendered', { ...good, documentLifecycle: 'prerender' }],
    ['no document', { ...good, documentId: undefined }],
    ['no origin', { ...good, origin: undefined }],
    ['an opaque origin', { ...good, origin: 'null' }],
    ['http', { ...good, origin: 'http://shop.example', url: 'http://shop.example/' }],
    ['an origin that is not the address', { ...good, origin: 'https://bank.example' }],
    ['an extension page', { ...good, origin: `chrome-extension://${id}` }],
    ['what is no text', { ...good, origin: Object.create(null), url: 7 }],
    ['a tab without a number', { ...good, tab: { id: null } }],
    ['a document without a name', { ...good, documentId: {} }],
    ['a file', { ...good, origin: 'file://', url: 'file:///x.html' }],
  ])('refuses %s', (_name, sender) => {
    expect(() => checkPageSender(sender as SenderLike, id)).toThrow(DoorError);
  });

  it('lets in http on this machine alone', () => {
    expect(checkOrigin('http://127.0.0.1:5173')).toBe('http://127.0.0.1:5173');
    expect(checkOrigin('http://localhost:3000/x')).toBe('http://localhost:3000');
    expect(() => checkOrigin('http://127.0.0.1.evil.example')).toThrow();
    expect(() => checkOrigin('http://192.168.0.1')).toThrow();
  });

  it('reads requests and nothing else', () => {
    const text = JSON.stringify({ kind: 'request', id: 'a-1', method: 'linera_accounts' });
    expect(checkPageMessage(text)).toEqual({
      kind: 'request',
      request: { id: 'a-1', method: 'linera_accounts', params: undefined },
      activated: false,
    });
    // What a page says of its origin is not even looked at.
    const lying = JSON.stringify({ kind: 'attach', origin: 'https://bank.example' });
    expect(checkPageMessage(lying)).toEqual({ kind: 'attach' });
    for (const bad of [
      null,
      {},
      'x',
      '1',
      'null',
      '{"kind":"lock"}',
      '{"kind":"request","id":"","method":"m"}',
      '{"kind":"request","id":"a/b","method":"m"}',
      '{"kind":"request","id":"a","method":"m-n"}',
      `"${'x'.repeat(MAX_MESSAGE_CHARS)}"`,
    ]) {
      expect(() => checkPageMessage(bad)).toThrow();
    }
  });

  it('lets longer text in for modules alone, and that up to a size', () => {
    const asked = (chars: number, method: string, more = '') =>
      `{"kind":"request","id":"a","method":"${method}","params":"${'x'.repeat(chars)}"${more}}`;
    const publish = 'linera_publishModule';
    expect(checkPageMessage(asked(MAX_MESSAGE_CHARS, publish))).toMatchObject({ kind: 'request' });
    for (const bad of [
      asked(MAX_MODULE_MESSAGE_CHARS, publish),
      asked(MAX_MESSAGE_CHARS, 'linera_query'),
      asked(MAX_MESSAGE_CHARS, publish, ',"method":"linera_query"'),
      asked(MAX_MESSAGE_CHARS, publish, ',"kind":"attach"').replace('{', '{"a":1,'),
      ` ${asked(MAX_MESSAGE_CHARS, publish)}`,
    ]) {
      expect(() => checkPageMessage(bad)).toThrow('too long');
    }
    // As the provider writes it.
    const request = {
      kind: 'request',
      id: 'a',
      method: publish,
      params: asked(MAX_MESSAGE_CHARS, ''),
    };
    expect(checkPageMessage(JSON.stringify(request))).toMatchObject({ kind: 'request' });
  });

  it('refuses what is nested too deep to be copied or written', () => {
    const nested = (depth: number) =>
      `{"kind":"request","id":"a","method":"m","params":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(checkPageMessage(nested(MAX_MESSAGE_DEPTH - 1))).toMatchObject({ kind: 'request' });
    expect(() => checkPageMessage(nested(MAX_MESSAGE_DEPTH))).toThrow(DoorError);
    expect(() => checkPageMessage(nested(30_000))).toThrow(DoorError);
  });

  it('believes of activation what the content script says, and not the text of the page', () => {
    const text = JSON.stringify({ kind: 'request', id: 'a', method: 'm', activated: true });
    expect(checkRelayed({ text, activated: false })).toMatchObject({ activated: false });
    expect(checkRelayed({ text, activated: true })).toMatchObject({ activated: true });
    expect(checkRelayed({ text, activated: 'true' })).toMatchObject({ activated: false });
    for (const bad of [null, text, { activated: true }, 7]) {
      expect(() => checkRelayed(bad)).toThrow(DoorError);
    }
  });

  it('hears of a document that is left, which is not active any more', () => {
    const leaving = { ...good, documentLifecycle: 'pending_deletion' };
    expect(leavingDocument(LEAVE, leaving, id)).toBe('D1');
    expect(leavingDocument('{"kind":"attach"}', leaving, id)).toBeNull();
    expect(leavingDocument(LEAVE, { ...leaving, id: 'other' }, id)).toBeNull();
  });

  it('is not there in private windows', () => {
    const url = new URL('../../manifest.json', import.meta.url);
    const manifest = JSON.parse(readFileSync(url, 'utf8')) as { incognito?: string };
    expect(manifest.incognito).toBe('not_allowed');
  });
});
