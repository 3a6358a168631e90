// Who is asked.
import { ask } from '@mica/bindings/commands';
import type { ClientCore } from '../core.ts';
import { toHex } from '../texts.ts';

export interface Validator {
  /** 33 bytes, compressed, in hex. */
  publicKey: string;
  address: string;
  /** Its notifications come in. */
  subscribed: boolean;
  /** Requests in a row without an answer. */
  failures: number;
  lastError: string;
}

/** The newest committee that the admin chain tells of, and how its members do. */
export async function getValidators(core: ClientCore): Promise<Validator[]> {
  const { value } = await ask(core, { $: 'GetValidators' });
  return value.map(({ public_key, address, subscribed, failures, last_error }) => ({
    publicKey: toHex(public_key),
    address,
    subscribed,
    failures,
    lastError: last_error,
  }));
}
