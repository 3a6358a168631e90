import { describe, expect, it } from 'vitest';
import { MAX_MESSAGE_CHARS } from '../doors/page.ts';
import { MicaProvider } from './provider.ts';

function make() {
  const posted: Record<string, unknown>[] = [];
  let ids = 0;
  const provider = new MicaProvider({
    post: (text) => void posted.push(JSON.parse(text) as Record<string, unknown>),
    newId: () => `id-${(ids += 1)}`,
  });
  return { provider, posted };
}
const answer = (id: string, body: object) => JSON.stringify({ kind: 'answer', id, ...body });

describe('the provider', () => {
  it('resolves with the result of its own request', async () => {
    const { provider, posted } = make();
    const first = provider.request({ method: 'linera_accounts' });
    const second = provider.request({ method: 'linera_chainId' });
    provider.receive(answer('id-2', { result: 'linera:1' }));
    provider.receive(answer('id-1', { result: ['x'] }));
    expect(await first).toEqual(['x']);
    expect(await second).toBe('linera:1');
    expect(posted.map(({ method }) => method)).toEqual(['linera_accounts', 'linera_chainId']);
  });

  it('rejects with code, message and data', async () => {
    const { provider } = make();
    const call = provider.request({ method: 'linera_transfer', id: 'mine' });
    const error = { code: 4001, message: 'no', data: { reason: 'Rejected' } };
    provider.receive(answer('mine', { error }));
    await expect(call).rejects.toMatchObject(error);
    await expect(call).rejects.toBeInstanceOf(Error);
  });

  it('answers all who ask the same under one id, and refuses another under it', async () => {
    const { provider } = make();
    const pay = { method: 'linera_transfer', params: { amount: '1' }, id: 'order' };
    const [first, again] = [provider.request(pay), provider.request({ ...pay })];
    const other = provider.request({ ...pay, params: { amount: '2' } });
    await expect(other).rejects.toMatchObject({ data: { reason: 'RequestIdTaken' } });
    provider.receive(answer('order', { result: 'paid' }));
    expect(await Promise.all([first, again])).toEqual(['paid', 'paid']);
    const later = provider.request({ method: 'linera_chainId', id: 'order' });
    provider.receive(answer('order', { result: 'linera:1' }));
    expect(await later).toBe('linera:1');
  });

  it('settles every malformed request', async () => {
    const { provider } = make();
    for (const bad of [
      null,
      1,
      {},
      { method: '' },
      { method: 'm', id: 'a b' },
      { method: 'm', params: 1n },
    ]) {
      await expect(provider.request(bad as never)).rejects.toMatchObject({ code: -32600 });
    }
  });

  it('rejects, and does not throw, when the arguments do', async () => {
    const { provider, posted } = make();
    const get = () => {
      throw new Error('a bug of the page');
    };
    for (const name of ['method', 'params', 'id']) {
      const args = Object.defineProperty({ method: 'm' }, name, { get });
      await expect(provider.request(args)).rejects.toMatchObject({ code: -32600 });
    }
    expect(posted).toEqual([]);
  });

  it('posts nothing that the door would refuse', async () => {
    const { provider, posted } = make();
    let deep: unknown = 1;
    for (let i = 0; i < 100; i += 1) deep = [deep];
    for (const params of [deep, 'x'.repeat(MAX_MESSAGE_CHARS)]) {
      await expect(provider.request({ method: 'm', params })).rejects.toMatchObject({
        code: -32600,
        message: expect.stringMatching(/^The request is (nested too deep|too long)\.$/),
        data: { reason: 'BadRequest' },
      });
    }
    expect(posted).toEqual([]);
  });

  it('tells listeners of events, also when one of them throws, and attaches once', () => {
    const { provider, posted } = make();
    const heard: unknown[] = [];
    provider.on('accountsChanged', () => {
      throw new Error('a bug of the page');
    });
    const listener = (value: unknown) => heard.push(value);
    provider.on('accountsChanged', listener);
    const event = '{"kind":"event","event":"accountsChanged","value":["x"]}';
    const quiet = console.error;
    console.error = () => undefined;
    provider.receive(event);
    provider.removeListener('accountsChanged', listener);
    provider.receive(event);
    console.error = quiet;
    expect(heard).toEqual([['x']]);
    expect(posted.filter(({ kind }) => kind === 'attach')).toHaveLength(1);
  });

  it('works frozen', async () => {
    const { provider } = make();
    Object.freeze(provider);
    const call = provider.request({ method: 'linera_accounts' });
    provider.on('connect', () => undefined);
    provider.receive(answer('id-1', { result: [] }));
    expect(await call).toEqual([]);
  });
});
