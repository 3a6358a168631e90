import { describe, expect, it } from 'vitest';
import { checkInternalSender } from './internal.ts';

const origin = 'chrome-extension://abc';
const client = (path: string, more = {}) => ({ url: origin + path, type: 'window', ...more });

describe('the door for our own documents', () => {
  it('knows windows and the offscreen page by their address', () => {
    expect(checkInternalSender(client('/wallet.html?page=popup'), origin)).toBe('window');
    expect(checkInternalSender(client('/offscreen.html'), origin)).toBe('offscreen');
  });

  it.each([
    ['nobody', null],
    ['a web page', { url: 'https://shop.example/wallet.html', type: 'window' }],
    ['another extension', { url: 'chrome-extension://abd/wallet.html', type: 'window' }],
    ['a worker', client('/wallet.html', { type: 'worker' })],
    ['a framed wallet', client('/wallet.html', { frameType: 'nested' })],
    ['another document', client('/other.html')],
  ])('refuses %s', (_name, source) => {
    expect(() => checkInternalSender(source, origin)).toThrow();
  });
});
