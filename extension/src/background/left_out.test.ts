import { describe, expect, it } from 'vitest';
import { toCryptoHash } from '@mica/bindings/scalars';
import { MemoryMount } from '@mica/storage-idb';
import { fakeModule } from '@mica/storage-idb/testing';
import { afterAbort } from './restarts.ts';
import { decode, encode } from '@mica/bindings/codec';
import { ClientHost } from '@mica/bindings/client_host';
import { leavingOut, type Blame, type LeftOut } from '@mica/bindings/left_out';
import type { EngineModule } from '@mica/bindings/module';
import type { StreamHandlers, Transport } from '@mica/bindings/transport';

const validators = ['https://good.example:443', 'https://liar.example:4443'];
const POISON = 66;

/** At its start it asks both validators and listens to them; poison from either aborts it. */
class FragileClient {
  private readonly outputs: Uint8Array[] = [];
  readonly heard: string[] = [];
  constructor() {
    clients.push(this);
  }
  handle(input: Uint8Array): void {
    const { event } = decode('ClientInput', input);
    if (event.$ === 'Reply' && event.body[0] === POISON) throw new Error('Aborted()');
    if (event.$ === 'StreamData' && event.bytes[0] === POISON) throw new Error('Aborted()');
    if (event.$ === 'Command' && event.command.$ === 'PrepareBlock') throw new Error('Aborted()');
    if (event.$ === 'SendFailed' || event.$ === 'StreamClosed') this.heard.push(event.reason);
    if (event.$ === 'Reply') this.heard.push('reply');
    if (event.$ === 'SignFailed') this.heard.push(event.failure.code);
    if (event.$ !== 'Command') return;
    if (event.command.$ === 'ListChains') {
      const owner = { $: 'Reserved', value: 0 } as const;
      const sign = { owner, content: new Uint8Array(), receiving: false };
      this.outputs.push(encode('ClientOutput', { $: 'Sign', sign_id: 1n, ...sign }));
      return;
    }
    validators.forEach((url, at) => {
      const id = BigInt(at + 1);
      const ask = {
        $: 'Send',
        request_id: id,
        url,
        body: new Uint8Array(),
        timeout_ms: 9,
      } as const;
      const listen = { $: 'OpenStream', stream_id: id, url, body: new Uint8Array() } as const;
      for (const output of [ask, listen]) this.outputs.push(encode('ClientOutput', output));
    });
  }
  poll = () => this.outputs.shift() ?? null;
  delete() {}
}
const clients: FragileClient[] = [];

class FragileStore {
  open = () => '';
  losses = () => [];
  takeChanges = () => [];
  segmentLoaded = () => '';
  counters = () => ({});
  delete() {}
}

function fakeTransport(poisoned: 'answer' | 'stream'): Transport {
  const byteOf = (url: string, kind: string) =>
    url === validators[1] && kind === poisoned ? POISON : 0;
  return {
    async send(url) {
      const body = new Uint8Array([byteOf(url, 'answer')]);
      return { status: 200, grpcStatus: 0, grpcMessage: '', body };
    },
    openStream(url, _body, handlers: StreamHandlers) {
      queueMicrotask(() => handlers.onData(new Uint8Array([byteOf(url, 'stream')])));
      return { close() {} };
    },
  };
}

async function start(transport: Transport) {
  const module = { ...fakeModule(), Client: FragileClient, Store: FragileStore };
  const mount = await MemoryMount.open(module as never, '/mica/ab');
  const deaths: (Blame | null)[] = [];
  const host = await ClientHost.open({
    module: module as unknown as EngineModule,
    mount,
    genesisHash: toCryptoHash(new Uint8Array(32)),
    transport,
    sign: () => Promise.reject(new Error('no')),
    onDeath: (_error, blame) => void deaths.push(blame),
  });
  const run = async (command: Parameters<ClientHost['command']>[0], asker?: string) => {
    host.command(command, asker).catch(() => undefined);
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
  };
  return { deaths, run };
}

describe('a validator whose answer aborts the core', () => {
  it.each(['answer', 'stream'] as const)('is named and left out: its %s', async (poisoned) => {
    const first = await start(fakeTransport(poisoned));
    await first.run({ $: 'GetValidators' });
    expect(first.deaths).toEqual([{ $: 'Validator', host: 'liar.example:4443' }]);

    const clock = { now: 5000 };
    const aborts = afterAbort({ validators: [], origins: [] }, first.deaths[0]!, clock.now);
    const leftOut: LeftOut[] = aborts.validators;
    const next = await start(leavingOut(fakeTransport(poisoned), leftOut, () => clock.now));
    await next.run({ $: 'GetValidators' });
    expect(next.deaths).toEqual([]);
    expect(clients.at(-1)!.heard).toContain('reply');
    expect(clients.at(-1)!.heard.filter((text) => text.startsWith('left out until'))).toHaveLength(
      2,
    );

    clock.now = leftOut[0]!.until;
    await next.run({ $: 'GetValidators' });
    expect(next.deaths).toHaveLength(1);
  });

  it('is not blamed for what a page or the wallet asked', async () => {
    const prepare = {
      $: 'PrepareBlock',
      chain_id: new Uint8Array(32),
      operations: [],
      blobs: [],
      receive_incoming: false,
    } as const;
    const asked = await start(fakeTransport('answer'));
    await asked.run(prepare as never, 'https://shop.example');
    expect(asked.deaths).toEqual([{ $: 'Asker', origin: 'https://shop.example' }]);
    const own = await start(fakeTransport('answer'));
    await own.run(prepare as never);
    expect(own.deaths).toEqual([null]);
  });
});

describe('a clock that was measured as wrong', () => {
  it.each([
    [0, 'SignerRefused'],
    [7_200_000, 'ClockSkew'],
  ])('is measured again before signing is refused: %i ms', async (then, code) => {
    const transport = { ...fakeTransport('answer'), clockAheadMs: 7_200_000 };
    const measureClock = async () => void (transport.clockAheadMs = then);
    const host = await start(Object.assign(transport, { measureClock }));
    await host.run({ $: 'ListChains' });
    expect(clients.at(-1)!.heard).toEqual([code]);
  });
});
