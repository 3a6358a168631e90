import { describe, expect, it } from 'vitest';
import { FakeClock } from '@mica/bindings/fake_clock';
import { Relay } from './relay.ts';

function world() {
  const sent: string[] = [];
  const toPage: Record<string, unknown>[] = [];
  const clock = new FakeClock();
  const lines: (() => void)[] = [];
  const state = {
    answer: async (): Promise<unknown> => '{"taken":true}',
    activated: false,
    connected: true,
  };
  const told: boolean[] = [];
  const relay = new Relay({
    send: ({ text, activated }) => {
      sent.push(text);
      told.push(activated);
      return state.answer();
    },
    toPage: (text) => void toPage.push(JSON.parse(text) as Record<string, unknown>),
    clock,
    watch: (lost) => void lines.push(lost),
    isActivated: () => state.activated,
    isConnected: () => state.connected,
  });
  const settle = (ms = 0) => clock.pass(ms);
  /** The wallet's end of the line is gone; and the extension, if the browser says so. */
  const lose = (connected: boolean) => {
    state.connected = connected;
    lines.pop()?.();
  };
  return { relay, sent, told, toPage, clock, lines, lose, state, settle };
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
    await w.settle(100);
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

  it('subscribes again at an engine that started anew, until it is ended or refused', async () => {
    const w = world();
    const subscribe = (id: string) =>
      `{"kind":"request","id":"${id}","method":"linera_subscribe","params":{}}`;
    const begin = (id: string) => {
      w.relay.fromPage(subscribe(id));
      w.relay.fromWorker(`{"kind":"answer","id":"${id}","result":"${id}"}`);
    };
    const again = () => {
      w.sent.length = 0;
      w.relay.fromWorker('{"kind":"attach"}');
      return [...w.sent];
    };
    for (const id of ['s1', 's2', 's3']) begin(id);
    w.relay.fromPage(subscribe('bad'));
    w.relay.fromWorker('{"kind":"answer","id":"bad","error":{"code":-32603}}');
    expect(again()).toEqual(['s1', 's2', 's3'].map(subscribe));
    expect(w.relay.isUsed).toBe(true);

    const told = w.toPage.length;
    w.relay.fromWorker('{"kind":"answer","id":"s1","result":"s1"}');
    w.relay.fromWorker('{"kind":"answer","id":"s2","error":{"code":4100}}');
    expect(w.toPage).toHaveLength(told);
    expect(again()).toEqual(['s1', 's3'].map(subscribe));

    const params = '"params":[{"subscription":"s1"}]';
    w.relay.fromPage(`{"kind":"request","id":"u","method":"linera_unsubscribe",${params}}`);
    w.relay.fromWorker('{"kind":"answer","id":"u","result":true}');
    expect(again()).toEqual([subscribe('s3')]);

    w.relay.fromWorker('{"kind":"event","event":"disconnect","value":{}}');
    expect(again()).toEqual([]);
    begin('s4');
    w.relay.fromPage('{"kind":"request","id":"d","method":"linera_disconnect"}');
    w.relay.fromWorker('{"kind":"answer","id":"d","result":null}');
    expect(again()).toEqual([]);
    expect(w.relay.isUsed).toBe(false);
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
    await w.settle(60_000);
    expect(w.toPage).toEqual([
      expect.objectContaining({ id: '1', error: expect.objectContaining({ code: 4900 }) }),
    ]);
  });

  it('says whether the person did something in the page, whatever the page says', async () => {
    const w = world();
    w.relay.fromPage(request.replace('{', '{"activated":true,'));
    w.state.activated = true;
    w.relay.fromPage(request.replace('"1"', '"2"'));
    w.state.activated = false;
    w.relay.fromWorker('{"kind":"attach"}');
    expect(w.told).toEqual([false, true, false, false]);
  });

  it('asks again when the page is back from where the browser had kept it', async () => {
    const w = world();
    expect(w.relay.isUsed).toBe(false);
    w.relay.fromPage(request);
    expect(w.relay.isUsed).toBe(true);
    w.sent.length = 0;
    await w.settle();
    w.sent.length = 0;
    w.relay.back();
    expect(w.sent).toEqual([request]);
    await w.settle();
    expect(w.lines).toHaveLength(2);
  });

  it('ends everything at once when the extension is gone, and each new call', async () => {
    const w = world();
    const gone = { code: 4900, data: { reason: 'NoWallet' } };
    w.relay.fromPage('{"kind":"attach"}');
    w.relay.fromPage(request);
    await w.settle();
    w.state.answer = () => Promise.reject(new Error('Extension context invalidated.'));
    w.lose(false);
    await w.settle(200);
    expect(w.toPage).toMatchObject([
      { kind: 'event', event: 'disconnect', value: gone },
      { kind: 'answer', id: '1', error: gone },
    ]);
    w.sent.length = 0;
    w.relay.fromPage(request.replace('"1"', '"2"'));
    expect(w.toPage.at(-1)).toMatchObject({ kind: 'answer', id: '2', error: gone });
    expect(w.toPage).toHaveLength(3);
    expect(w.sent).toEqual([]);
    await w.settle(60_000);
    expect(w.toPage).toHaveLength(3);
    expect(w.clock.waiting).toBe(0);
  });

  it('sets no clock while it has nothing to do', async () => {
    const w = world();
    w.relay.fromPage('{"kind":"attach"}');
    w.relay.fromPage(request);
    await w.settle();
    expect(w.clock.waiting).toBe(0);
    expect(w.lines).toHaveLength(1);
  });

  it('asks again when only its line has ended, and holds another', async () => {
    const w = world();
    w.relay.fromPage('{"kind":"attach"}');
    await w.settle();
    w.sent.length = 0;
    w.lose(true);
    await w.settle(200);
    expect(w.sent).toEqual(['{"kind":"attach"}']);
    expect(w.lines).toHaveLength(1);
    expect(w.toPage).toEqual([]);
  });

  it('waits longer each time while no line lasts', async () => {
    const w = world();
    w.relay.fromPage('{"kind":"attach"}');
    await w.settle();
    w.sent.length = 0;
    for (const wait of [200, 400, 800]) {
      w.lose(true);
      await w.settle(wait - 1);
      expect(w.sent).toEqual([]);
      await w.settle(1);
      expect(w.sent.splice(0)).toHaveLength(1);
    }
    w.relay.fromWorker('{"kind":"event"}');
    w.lose(true);
    await w.settle(200);
    expect(w.sent).toHaveLength(1);
  });

  it('does not wait for ever for an extension that goes in that moment', async () => {
    const w = world();
    w.state.answer = () => new Promise(() => undefined);
    w.relay.fromPage(request);
    await w.settle();
    w.state.connected = false;
    await w.settle(5000);
    expect(w.toPage.at(-1)).toMatchObject({ kind: 'answer', id: '1', error: { code: 4900 } });
  });

  it('looks before it asks again whether the extension is gone', async () => {
    const w = world();
    w.state.answer = () => new Promise(() => undefined);
    w.relay.fromPage(request);
    await w.settle(5000);
    expect(w.sent).toHaveLength(1);
    w.state.connected = false;
    await w.settle(1000);
    expect(w.sent).toHaveLength(1);
    expect(w.toPage.map(({ kind }) => kind)).toEqual(['event', 'answer']);
  });

  it('takes an answer that is no text for none', async () => {
    const w = world();
    w.state.answer = async () => Object.create(null) as unknown;
    w.relay.fromPage(request);
    await w.settle(1000);
    expect(w.sent.length).toBeGreaterThan(1);
  });

  it('hears from a call that failed that the extension is gone', async () => {
    const w = world();
    w.state.answer = () => {
      w.state.connected = false;
      return Promise.reject(new Error('Extension context invalidated.'));
    };
    w.relay.fromPage(request);
    await w.settle();
    expect(w.toPage.at(-1)).toMatchObject({ kind: 'answer', id: '1', error: { code: 4900 } });
  });
});
