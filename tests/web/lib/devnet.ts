// A throw-away network inside the test's own process, whose validators can be made to fail.
import { rmSync } from 'node:fs';
import { Network, type NetworkOptions } from '@mica/devnet/network';
import type { Service } from '@mica/devnet/server';
import { inRoot } from '@mica/tools/lib';
import { freePorts } from './ports.ts';
import { scratch } from './scratch.ts';

/** up; down: refuses each request; hung: never answers; or an answer made from the true one. */
export type Fault = 'up' | 'down' | 'hung' | ((method: string, body: Uint8Array) => Uint8Array);

/** Any network: ours or another's. */
export interface AnyNetwork {
  genesisJson: string;
  faucetUrl: string;
  close(): Promise<void>;
}

export interface TestNetwork extends AnyNetwork {
  network: Network;
  ports: { validatorPort: number; faucetPort: number };
  faults: Fault[];
  /** Ends every open stream; true: and refuses new ones until false. Requests go on. */
  dropStreams(refuse: boolean): void;
  /** Requests answered so far, over all validators and by validator. */
  requests(): number[];
}

const UNAVAILABLE = { status: 14, message: 'down for a test', body: new Uint8Array() };

interface Streams {
  refused: boolean;
  ends: Set<() => void>;
}

function faulty(service: Service, fault: () => Fault, streams: Streams): Service {
  return {
    async request(method, body) {
      const now = fault();
      if (now === 'down') return UNAVAILABLE;
      if (now === 'hung') return new Promise(() => {});
      const answer = await service.request(method, body);
      return typeof now === 'function' && answer.status === 0
        ? { ...answer, body: now(method, answer.body) }
        : answer;
    },
    openStream(method, body, handlers) {
      if (fault() === 'down' || streams.refused) {
        handlers.onClose('down for a test');
        return { close() {} };
      }
      const stream = service.openStream(method, body, handlers);
      const end = () => {
        streams.ends.delete(end);
        stream.close();
        handlers.onClose('dropped for a test');
      };
      streams.ends.add(end);
      return {
        close() {
          streams.ends.delete(end);
          stream.close();
        },
      };
    },
  };
}

/** On free ports, where the options do not say which. */
export async function startNetwork(options: Partial<NetworkOptions> = {}): Promise<TestNetwork> {
  const folder = scratch('net');
  const faults: Fault[] = Array.from({ length: options.validators ?? 4 }, () => 'up');
  const streams: Streams = { refused: false, ends: new Set() };
  const ports = {
    validatorPort: options.validatorPort ?? (await freePorts(faults.length)),
    faucetPort: options.faucetPort ?? (await freePorts()),
  };
  const network = await Network.start({
    folder,
    wasm: process.env['MICA_WASM'] ?? inRoot('build/wasm'),
    validators: 4,
    prices: 'None',
    stateHash: 'zero',
    claimTokens: 100n,
    sync: false,
    ...options,
    ...ports,
    between(index, service) {
      const inner = options.between?.(index, service) ?? service;
      return faulty(inner, () => faults[index]!, streams);
    },
  });
  return {
    network,
    genesisJson: network.genesisJson,
    ports,
    faucetUrl: `http://127.0.0.1:${ports.faucetPort}/`,
    faults,
    dropStreams(refuse) {
      streams.refused = refuse;
      for (const end of [...streams.ends]) end();
    },
    requests: () =>
      network.servers.map(({ requests }) => [...requests.values()].reduce((a, b) => a + b, 0)),
    async close() {
      await network.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
