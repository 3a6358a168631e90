// The vault's object in the extension: its refusals are the wallet's errors, and secrets lie where
// they can be wiped. What it says unasked (Locked, id 0) goes to `onNews`.
import type { VaultAnswer, VaultDoor, VaultRequest } from '@mica/bindings/types';
import type { Machine } from '@mica/bindings/module';
import { VaultAsker } from '@mica/bindings/vault_asker';
import { WalletError } from '@mica/wallet-contract/api';
import { blankSecret } from '@mica/wallet-contract/secret';

export type AnswerOf<K extends VaultAnswer['$']> = Extract<VaultAnswer, { $: K }>;
type VaultFailed = AnswerOf<'Failed'>;

export class VaultRefusal extends WalletError {
  constructor(readonly failed: VaultFailed) {
    super({
      code: failed.failure,
      message: failed.message,
      money: 'Untouched',
      retryAt: failed.retry_at === null ? undefined : Number(failed.retry_at / 1000n),
    });
  }
}

export class VaultMachine {
  private readonly vault: VaultAsker;

  constructor(
    machine: Machine,
    onNews: (answer: VaultAnswer) => void,
    now: () => number,
    /** The instance has aborted; keys are gone with it. */
    onDeath?: (error: unknown) => void,
  ) {
    this.vault = new VaultAsker(machine, { onNews, now, onDeath, allocate: blankSecret });
  }

  /** The answer, which must be of that kind; a VaultRefusal otherwise. */
  ask<K extends VaultAnswer['$']>(kind: K, door: VaultDoor, request: VaultRequest): AnswerOf<K> {
    const answer = this.vault.pass(request, door);
    if (answer?.$ === 'Failed') throw new VaultRefusal(answer);
    if (answer?.$ !== kind) throw new Error(`the vault answered ${answer?.$} to ${request.$}`);
    return answer as AnswerOf<K>;
  }

  tick(): void {
    this.vault.pass({ $: 'Tick' }, 'Window');
  }
}
