import { describe, expect, it } from 'vitest';
import { remote, serve } from './port_rpc.ts';

interface Api {
  twice(params: { n: number }): Promise<number>;
  never(params: object): Promise<number>;
}
interface Events {
  said: string;
}

function server() {
  const { port1, port2 } = new MessageChannel();
  const left = { count: 0 };
  const { emit } = serve<Api, Events>(
    port1,
    { twice: async ({ n }) => 2 * n, never: () => new Promise(() => undefined) },
    { left: () => void (left.count += 1) },
  );
  return { port: port2, emit, left, close: () => port1.close() };
}

describe('a window whose worker was started anew', () => {
  it('goes on over another port, and keeps its listeners', async () => {
    const [first, second] = [server(), server()];
    const api = remote<Api, Events>(first.port);
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
