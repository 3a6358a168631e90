// The vault's worker: the only place where keys are, and only while it is unlocked. Windows speak
// on ports of their own; the engine on one that can only ask for signatures.
import { compiling, newKdfWorker } from './vault/abilities.ts';
import createVault from 'mica:vault';
import type { KdfParameters } from '@mica/bindings/types';
import type { Secret, VaultApi, VaultEvents } from '@mica/wallet-contract/api';
import { instantiate } from '@mica/bindings/module';
import { systemClock } from '@mica/bindings/wake';
import { serve } from '@mica/wallet-contract/port_rpc';
import { blankSecret } from '@mica/wallet-contract/secret';
import { askForValue } from './shared/ask.ts';
import { postToPage as post, type ToWorker } from './shared/wire.ts';
import { VaultMachine } from './vault/machine.ts';
import type { SignerApi, SignerEvents } from './vault/signer_api.ts';
import { VaultService } from './vault/vault_service.ts';

// Wasm memory never shrinks: Argon2id's 64 MiB live and die with a worker of their own.
function deriveKey(password: Secret, kdf: KdfParameters, stop: AbortSignal): Promise<Uint8Array> {
  const worker = newKdfWorker();
  return new Promise<Uint8Array>((resolve, reject) => {
    stop.onabort = () => reject(stop.reason as Error);
    worker.onmessage = ({ data }: MessageEvent<{ key: Uint8Array } | { error: string }>) =>
      'key' in data ? resolve(data.key) : reject(new Error(data.error));
    worker.onerror = () => reject(new Error('the key derivation did not start'));
    worker.postMessage({ password, kdf }, [password.buffer]);
  }).finally(() => worker.terminate());
}

async function start(): Promise<VaultService> {
  const module = await instantiate(createVault, compiling);
  const news: { to: VaultService | null } = { to: null };
  const machine = new VaultMachine(
    new module.Vault(),
    (answer) => news.to?.news(answer),
    () => Date.now(),
    (error) => post({ kind: 'died', reason: String(error) }),
  );
  const service = new VaultService(machine, {
    deriveKey,
    load: (key) => askForValue(post, { kind: 'load', key }),
    save: async (key, value) => void (await askForValue(post, { kind: 'save', key, value })),
    random: (count) => crypto.getRandomValues(blankSecret(count)),
    clock: systemClock,
  });
  news.to = service;
  await service.start();
  return service;
}

const started = start();
// Another worker tries again.
started.catch((error: unknown) => {
  console.error('mica: the vault did not start', error);
  post({ kind: 'died', reason: String(error) });
});

async function onPort(kind: 'windowPort' | 'enginePort', port: MessagePort): Promise<void> {
  const service = await started;
  if (kind === 'windowPort') {
    const { emit } = serve<VaultApi, VaultEvents>(port, service.methods(), {
      left: () => leave(),
    });
    const leave = service.onState((state) => emit('state', state));
  } else {
    const { emit } = serve<SignerApi, SignerEvents>(
      port,
      service.signerMethods((state) => emit('state', state)),
    );
    service.onState(() => emit('state', service.signerState()));
  }
}

self.onmessage = ({ data, ports }: MessageEvent<ToWorker>) => {
  const [port] = ports;
  if ((data.kind === 'windowPort' || data.kind === 'enginePort') && port) {
    void onPort(data.kind, port);
  } else if (data.kind === 'lock') void started.then((service) => service.lock());
  else if (data.kind === 'tick') void started.then((service) => service.tick());
  else if (data.kind === 'engineStopped') {
    void started.then((service) => service.engineStopped(data.retryAt));
  }
};
