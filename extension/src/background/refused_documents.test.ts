import { expect, it } from 'vitest';
import { MAX_DOCUMENTS } from '@mica/bindings/limits';
import type { PageMessage } from '../doors/page.ts';
import { RefusedDocuments } from './refused_documents.ts';

const page = (documentId: string, origin: string) => ({ tabId: 1, documentId, origin });
const request = { kind: 'request', request: { id: 'r', method: 'm' } } as unknown as PageMessage;
const attach = { kind: 'attach' } as PageMessage;

it('refuses what an origin has open, until it is loaded again', () => {
  const documents = new RefusedDocuments();
  const shop = page('D1', 'https://shop.example');
  const other = page('D2', 'https://other.example');
  for (const one of [shop, other]) expect(documents.answerTo(one, request)).toBeNull();
  documents.refuse(shop.origin);
  expect(JSON.parse(documents.answerTo(shop, request)!)).toMatchObject({
    kind: 'answer',
    id: 'r',
    error: { code: -32603, data: { reason: 'EngineStopped', money: 'Untouched' } },
  });
  expect(documents.answerTo(shop, attach)).toBe('');
  expect(documents.answerTo(other, request)).toBeNull();
  expect(documents.answerTo(page('D3', shop.origin), request)).toBeNull();
  documents.gone('D1');
  expect(documents.answerTo(shop, request)).toBeNull();
});

it('remembers no more documents than there may be', () => {
  const documents = new RefusedDocuments();
  const { origin } = page('', 'https://shop.example');
  for (let at = 0; at <= MAX_DOCUMENTS; at += 1) documents.answerTo(page(`D${at}`, origin), attach);
  documents.refuse(origin);
  expect(documents.answerTo(page('D0', origin), attach)).toBeNull();
  expect(documents.answerTo(page('D1', origin), attach)).toBe('');
});
