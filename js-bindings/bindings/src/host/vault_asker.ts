// The vault's object as a question and its answer, wherever it runs.
import type { VaultAnswer, VaultDoor, VaultRequest } from '../../generated/types.ts';
import { decode, encode, millisToTimestamp } from '../codec/index.ts';
import type { Machine } from './module.ts';

/** Argon2id's cost, kept in the sealed file. core/wallet/vault_file.h, kKdfOps and kKdfMemBytes */
export const KDF_COST = { ops: 3, mem_bytes: 64n << 20n };
/** Of a process that no person sits at: it never locks by itself, and signs what it is given. */
export const UNATTENDED = { lock_after: 2n ** 64n - 1n, policy: 'SignAll' } as const;

interface VaultAskerOptions {
  /** Milliseconds since 1970. Default: this computer's clock. */
  now?: () => number;
  /** What it says unasked. */
  onNews?: (answer: VaultAnswer) => void;
  /** The instance has aborted; keys are gone with it. */
  onDeath?: (error: unknown) => void;
  /** Where the bytes of answers go. Default: new arrays. */
  allocate?: (length: number) => Uint8Array<ArrayBuffer>;
}

/**
 * The vault's Wasm object: a request in, its answer out at once, both wiped after use. It is given
 * what its arithmetic is blinded by first of all.
 */
export class VaultAsker {
  readonly #machine: Machine;
  readonly #options: VaultAskerOptions;
  #lastId = 0n;

  constructor(machine: Machine, options: VaultAskerOptions = {}) {
    this.#machine = machine;
    this.#options = options;
    const seed = globalThis.crypto.getRandomValues(new Uint8Array(32));
    const answer = this.ask({ $: 'Blind', value: seed });
    seed.fill(0);
    if (answer.$ !== 'Blinded') throw vaultError(answer);
  }

  ask(request: VaultRequest, door: VaultDoor = 'Window'): VaultAnswer {
    const answer = this.pass(request, door);
    if (!answer) throw new Error('the vault did not answer');
    return answer;
  }

  /** Null: the request has no answer. */
  pass(request: VaultRequest, door: VaultDoor): VaultAnswer | null {
    const { now = Date.now, onNews, onDeath, allocate } = this.#options;
    this.#lastId += 1n;
    const id = this.#lastId;
    const input = encode('VaultInput', { id, now: millisToTimestamp(now()), door, request });
    try {
      this.#machine.handle(input);
    } catch (error) {
      onDeath?.(error);
      throw error;
    } finally {
      input.fill(0);
    }
    let found: VaultAnswer | null = null;
    for (let bytes = this.#machine.poll(); bytes; bytes = this.#machine.poll()) {
      const output = decode('VaultOutput', bytes, allocate);
      if (output.id === id) found = output.answer;
      else onNews?.(output.answer);
      bytes.fill(0);
    }
    return found;
  }

  /** The keys are wiped, and the object is of no more use. */
  delete(): void {
    this.#machine.delete();
  }
}

/** Why the vault gave another answer than was asked for. */
export function vaultError(answer: VaultAnswer): Error {
  return new Error(answer.$ === 'Failed' ? `${answer.failure}: ${answer.message}` : answer.$);
}
