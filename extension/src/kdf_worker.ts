// One Argon2id, then this worker is ended.
import { compiling } from './vault/abilities.ts';
import createVault from 'mica:vault';
import { textOf } from '@mica/bindings/error_text';
import type { KdfParameters } from '@mica/bindings/types';
import { instantiate } from '@mica/bindings/module';
import { VaultMachine } from './vault/machine.ts';

self.onmessage = async ({ data }: MessageEvent<{ password: Uint8Array; kdf: KdfParameters }>) => {
  try {
    const module = await instantiate(createVault, compiling);
    const machine = new VaultMachine(
      new module.Vault(),
      () => undefined,
      () => Date.now(),
    );
    const { password, kdf } = data;
    const answer = machine.ask('Key', 'Window', { $: 'DeriveKey', password, kdf });
    password.fill(0);
    const key = answer.wrap_key;
    self.postMessage({ key }, { transfer: [key.buffer] });
  } catch (error) {
    self.postMessage({ error: textOf(error) });
  }
};
