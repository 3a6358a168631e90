import { describe, expect, it } from 'vitest';
import { WalletError, type Secret } from './api.ts';
import { remote, serve, type Port } from './port_rpc.ts';
import { copyOf, secretOf, secretsIn, textOf, wordsOf } from './secret.ts';

interface Counting {
  twice(params: { n: number }): Promise<number>;
  never(params: object): Promise<number>;
}
interface Events {
  said: string;
}

function server() {
  const { port1, port2 } = new MessageChannel();
  const left = { count: 0 };
  const { emit } = serve<Counting, Events>(
    port1,
    { twice: async ({ n }) => 2 * n, never: () => new Promise(() => undefined) },
    { left: () => void (left.count += 1) },
  );
  return { port: port2, emit, left, close: () => port1.close() };
}

describe('a window whose worker was started anew', () => {
  it('goes on over another port, and keeps its listeners', async () => {
    const [first, second] = [server(), server()];
    const api = remote<Counting, Events>(first.port);
    const heard: string[] = [];
    api.on('said', (text) => heard.push(text));
    const lost = api.never({});
    expect(await api.twice({ n: 2 })).toBe(4);
    api.reconnect(second.port);
    await expect(lost).rejects.toMatchObject({ code: 'Internal' });
    expect(await api.twice({ n: 4 })).toBe(8);
    second.emit('said', 'here');
    await api.twice({ n: 1 });
    expect(heard).toEqual(['here']);
    expect(first.left.count).toBe(1);
    first.close();
    second.close();
  });
});

interface Api {
  [name: string]: (params: never) => Promise<unknown>;
  unlock(params: { password: Secret }): Promise<{ phrase: Secret }>;
}

function pair(unlock: Api['unlock']) {
  const { port1, port2 } = new MessageChannel();
  serve<Api, Record<string, never>>(port1 as Port, { unlock });
  return { there: remote<Api, Record<string, never>>(port2 as Port), close: () => port1.close() };
}

describe('secrets in calls', () => {
  it('move there and back, and are wiped by who served the call', async () => {
    let served: Secret | undefined;
    let heard = '';
    const { there, close } = pair(async ({ password }) => {
      served = password;
      heard = textOf(password);
      return { phrase: copyOf(password) };
    });
    const password = secretOf('grüße');
    const { phrase } = await there.unlock({ password });
    expect(heard).toBe('grüße');
    expect(textOf(phrase)).toBe('grüße');
    expect(password.length).toBe(0);
    expect([...served!].every((byte) => byte === 0)).toBe(true);
    close();
  });

  it('are found whatever they are called and wherever they stand', async () => {
    let served: Secret | undefined;
    const { port1, port2 } = new MessageChannel();
    type Named = { open(params: { with: { pin: Secret }[] }): Promise<{ seed: Secret }> };
    serve<Named, Record<string, never>>(port1 as Port, {
      open: async ({ with: [first] }) => ({ seed: copyOf((served = first!.pin)) }),
    });
    const pin = secretOf('1234');
    const there = remote<Named, Record<string, never>>(port2 as Port);
    const { seed } = await there.open({ with: [{ pin }] });
    expect(pin.length).toBe(0);
    expect([...served!]).toEqual([0, 0, 0, 0]);
    expect(secretsIn({ seed })).toEqual([seed]);
    expect(textOf(seed)).toBe('1234');
    port1.close();
  });

  it('are no bytes that came otherwise', () => {
    const bytes = new Uint8Array(4);
    // @ts-expect-error made by secret.ts alone
    const taken: Secret = bytes;
    expect(secretsIn({ password: taken })).toEqual([]);
  });

  it('are wiped after a refusal too', async () => {
    let served: Secret | undefined;
    const { there, close } = pair(async ({ password }) => {
      served = password;
      throw new WalletError({ code: 'WrongPassword', message: 'no' });
    });
    await expect(there.unlock({ password: secretOf('wrong') })).rejects.toThrow('no');
    expect([...served!]).toEqual([0, 0, 0, 0, 0]);
    close();
  });
});

it('words are found between any white space', () => {
  expect(wordsOf(secretOf(' one\ttwo \n three'))).toEqual(['one', 'two', 'three']);
  expect(wordsOf(secretOf('  '))).toEqual([]);
});
