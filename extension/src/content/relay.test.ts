import { describe, expect, it } from 'vitest';
import { Relay } from './relay.ts';

function world() {
  const sent: string[] = [];
  const toPage: Record<string, unknown>[] = [];
  const timers: (() => void)[] = [];
  const state: { answer: () => Promise<unknown> } = { answer: async () => '{"taken":true}' };
  const relay = new Relay({
    send: (text) => {
      sent.push(text);
      return state.answer();
    },
    toPage: (text) => void toPage.push(JSON.parse(text) as Record<string, unknown>),
    later: (_ms, run) => void timers.push(run),
  });
  const settle = async () => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
  };
  const fire = async () => {
    for (const run of timers.splice(0)) run();
    await settle();
  };
  return { relay, sent, toPage, timers, state, settle, fire };
}
const request = '{"kind":"request","id":"1","method":"linera_accounts"}';
const answer = '{"kind":"answer","id":"1","result":[]}';

describe('the relay', () => {
  it('sends again when the service worker stopped in the middle', async () => {
    const w = world();
    w.state.answer = () => Promise.reject(new Error('message channel closed'));
    w.relay.fromPage(request);
    await w.settle();
    w.state.answer = async () => '{"taken":true}';
    await w.fire();
    expect(w.sent).toEqual([request, request]);
    w.relay.fromWorker(answer);
    expect(w.toPage).toHaveLength(1);
  });

  it('asks again for what is open when the engine started anew, and for nothing else', async () => {
    const w = world();
    w.relay.fromPage('{"kind":"attach"}');
    w.relay.fromPage(request);
    w.relay.fromPage(request.replace('"1"', '"2"'));
    w.relay.fromWorker(answer);
    w.sent.length = 0;
    w.relay.fromWorker('{"kind":"attach"}');
    expect(w.sent).toEqual(['{"kind":"attach"}', request.replace('"1"', '"2"')]);
  });

  it('says no at once when the door refused', async () => {
    const w = world();
    w.state.answer = async () => '{"refused":"not the top frame"}';
    w.relay.fromPage(request);
    await w.settle();
    expect(w.toPage[0]).toMatchObject({ id: '1', error: { code: -32600 } });
  });

  it('does not answer a second time when the service worker says no too late', async () => {
    const w = world();
    w.state.answer = async () => '{"refused":"not an active document"}';
    w.relay.fromPage(request);
    w.relay.fromWorker(answer);
    await w.settle();
    expect(w.toPage).toEqual([JSON.parse(answer)]);
  });

  it('gives up with 4900 and not in silence', async () => {
    const w = world();
    w.state.answer = () => Promise.reject(new Error('gone'));
    w.relay.fromPage(request);
    await w.settle();
    for (let i = 0; i < 20; i += 1) await w.fire();
    expect(w.toPage).toEqual([
      expect.objectContaining({ id: '1', error: expect.objectContaining({ code: 4900 }) }),
    ]);
  });
});
