// A question to a host has a worker of its own, and nothing is left of it afterwards.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HostQuestion } from '@mica/bindings/ask_host';
import { FakeClock } from '@mica/bindings/fake_clock';
import { HOST_WORKER_GRACE_MS, MAX_HOST_WORKERS } from '@mica/bindings/limits';
import { notForHosts, notForVault } from '../shared/abilities.ts';
import { HostAsker, type HostSaid, type HostWorker } from './host_asker.ts';
import { patternOf } from './host_permissions.ts';

const question: HostQuestion = {
  method: 'GET',
  url: 'https://prices.example/v1',
  headers: [],
  body: new Uint8Array(),
  timeout_ms: 1000n,
  max_response_bytes: 100n,
};
const answer = { status: 200, headers: [], body: new Uint8Array([1]) };

class FakeWorker implements HostWorker {
  onmessage: HostWorker['onmessage'] = null;
  onerror: HostWorker['onerror'] = null;
  asked: HostQuestion[] = [];
  ended = false;
  postMessage(asked: HostQuestion): void {
    this.asked.push(asked);
  }
  terminate(): void {
    this.ended = true;
  }
  says(data: HostSaid): void {
    this.onmessage?.({ data } as MessageEvent<HostSaid>);
  }
}

function world(allowed = true) {
  const workers: FakeWorker[] = [];
  const origins: string[] = [];
  const clock = new FakeClock(1000);
  const asker = new HostAsker({
    clock,
    start() {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    async isAllowed(origin) {
      origins.push(origin);
      return allowed;
    },
  });
  return { asker, workers, origins, clock };
}

describe('a question to a host', () => {
  it('is put to a worker that ends with the answer', async () => {
    const { asker, workers, origins, clock } = world();
    const asked = asker.ask(question);
    await clock.pass(1);
    expect(origins).toEqual(['https://prices.example']);
    expect(workers[0]!.asked).toEqual([question]);
    workers[0]!.says({ answer });
    expect(await asked).toEqual(answer);
    expect(workers[0]!.ended).toBe(true);
  });

  it('has no worker where the browser lets nobody ask', async () => {
    const { asker, workers } = world(false);
    expect(await asker.ask(question)).toBe('NotAllowed');
    expect(workers).toEqual([]);
  });

  it('ends with the reason why there is no answer', async () => {
    const { asker, workers, clock } = world();
    const asked = asker.ask(question);
    asked.catch(() => undefined);
    await clock.pass(1);
    workers[0]!.says({ error: 'it sends on to another place' });
    await expect(asked).rejects.toThrow('sends on');
    expect(workers[0]!.ended).toBe(true);
  });

  it('ends when its time is over, also with a worker that keeps none', async () => {
    const { asker, workers, clock } = world();
    const asked = asker.ask(question);
    asked.catch(() => undefined);
    await clock.pass(1000 + HOST_WORKER_GRACE_MS);
    await expect(asked).rejects.toThrow('no answer in 1000 ms');
    expect(workers[0]!.ended).toBe(true);
  });

  it('waits while as many are under way as there may be', async () => {
    const { asker, workers, clock } = world();
    const asked = Array.from({ length: MAX_HOST_WORKERS + 2 }, () => asker.ask(question));
    await clock.pass(1);
    expect(workers).toHaveLength(MAX_HOST_WORKERS);
    workers[0]!.says({ answer });
    await clock.pass(1);
    expect(workers).toHaveLength(MAX_HOST_WORKERS + 1);
    for (let at = 0; at < asked.length; at += 1) {
      workers[at]!.says({ answer });
      await clock.pass(1);
    }
    expect(await Promise.all(asked)).toHaveLength(MAX_HOST_WORKERS + 2);
  });
});

describe("the browser's leave", () => {
  it('is for one origin, with its port', () => {
    expect(patternOf('https://a.example')).toBe('https://a.example:443/*');
    expect(patternOf('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080/*');
  });
  it.each(['https://a.example/', 'https://*', 'file://', 'https://a.example/*', '<all_urls>'])(
    'is not for %s',
    (text) => {
      expect(() => patternOf(text)).toThrow();
    },
  );
  it('does not stand before it is asked for', () => {
    const file = new URL('../../manifest.json', import.meta.url);
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    expect(manifest).not.toHaveProperty('host_permissions');
    expect(manifest['optional_host_permissions']).toEqual([
      'https://*/*',
      'http://127.0.0.1/*',
      'http://localhost/*',
    ]);
  });
});

it('leaves a worker that asks a host fetch, and nothing else', () => {
  const left = notForVault.global.filter((name) => !notForHosts.global.includes(name));
  expect(left).toEqual(['fetch']);
  expect(notForHosts.navigator).toEqual(notForVault.navigator);
  const [first] = readFileSync(new URL('../host_worker.ts', import.meta.url), 'utf8').match(
    /^import .*$/m,
  )!;
  expect(first).toBe("import './background/host_abilities.ts';");
});
