import { describe, expect, it } from 'vitest';
import { systemClock, wakeIn } from '@mica/bindings/wake';
import type { FromOffscreen } from '../shared/wire.ts';
import { Courier } from './courier.ts';

function world(deaf: number) {
  const heard: FromOffscreen[] = [];
  const ways: boolean[] = [];
  let id = 0;
  const courier = new Courier({
    async post(message, port, again) {
      heard.push(message);
      ways.push(again);
      if (heard.length > deaf) port.postMessage({ value: heard.length });
    },
    clock: { ...systemClock, wakeAt: (_time, run) => wakeIn(15, run) },
    newId: () => `id-${(id += 1)}`,
  });
  const send = (message: FromOffscreen) =>
    new Promise<unknown>((resolve) => courier.send(message, resolve));
  return { heard, ways, send };
}

describe('the courier', () => {
  it('says again what was not confirmed, under the same id', async () => {
    const { heard, ways, send } = world(2);
    expect(
      await send({ kind: 'notify', notice: { id: 'storeLost' }, language: 'browser' }),
    ).toEqual({ value: 3 });
    expect(heard).toHaveLength(3);
    expect(ways).toEqual([false, true, true]);
    expect(new Set(heard.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it('keeps the order of what one page is told', async () => {
    const { heard, send } = world(1);
    const tell = (text: string) => send({ kind: 'toPage', tabId: 1, documentId: 'd', text });
    await Promise.all([tell('{"a":1}'), tell('{"a":2}')]);
    expect(heard.map((one) => JSON.parse((one as { text: string }).text))).toEqual([
      { said: 'id-1', a: 1 },
      { said: 'id-1', a: 1 },
      { said: 'id-2', a: 2 },
    ]);
  });
});
