// The vault's Wasm object: a request in, its answer out, both wiped after use. It answers at once;
// what it says unasked (Locked, id 0) goes to `onNews`.
import { decode, encode } from '@mica/bindings/codec';
import type { VaultAnswer, VaultDoor, VaultRequest } from '@mica/bindings/types';
import type { Machine } from '@mica/bindings/module';
import { WalletError } from '@mica/wallet-contract/api';
import { blankSecret } from '@mica/wallet-contract/secret';

export type AnswerOf<K extends VaultAnswer['$']> = Extract<VaultAnswer, { $: K }>;
export type VaultFailed = AnswerOf<'Failed'>;

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
  private lastId = 0n;

  constructor(
    private readonly machine: Machine,
    private readonly onNews: (answer: VaultAnswer) => void,
    private readonly now: () => number,
    /** The instance has aborted; keys are gone with it. */
    private readonly onDeath: (error: unknown) => void = () => undefined,
  ) {}

  /** The answer, which must be of that kind; a VaultRefusal otherwise. */
  ask<K extends VaultAnswer['$']>(kind: K, door: VaultDoor, request: VaultRequest): AnswerOf<K> {
    const answer = this.pass(door, request);
    if (answer?.$ === 'Failed') throw new VaultRefusal(answer);
    if (answer?.$ !== kind) throw new Error(`the vault answered ${answer?.$} to ${request.$}`);
    return answer as AnswerOf<K>;
  }

  tick(): void {
    this.pass('Window', { $: 'Tick' });
  }

  private pass(door: VaultDoor, request: VaultRequest): VaultAnswer | null {
    this.lastId += 1n;
    const id = this.lastId;
    const input = encode('VaultInput', { id, now: BigInt(this.now()) * 1000n, door, request });
    try {
      this.machine.handle(input);
    } catch (error) {
      this.onDeath(error);
      throw error;
    } finally {
      input.fill(0);
    }
    let answer: VaultAnswer | null = null;
    for (let bytes = this.machine.poll(); bytes; bytes = this.machine.poll()) {
      const output = decode('VaultOutput', bytes, blankSecret);
      if (output.id === id) answer = output.answer;
      else this.onNews(output.answer);
      bytes.fill(0);
    }
    return answer;
  }
}
