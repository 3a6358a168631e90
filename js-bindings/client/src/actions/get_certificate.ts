// The proof of one block.
import { ask } from '@mica/bindings/commands';
import type { ClientCore } from '../core.ts';
import { hashOf } from '../texts.ts';
import { confirmedOf, type ConfirmedBlock } from '../views.ts';

export interface GetCertificateArgs {
  /** 64 hex digits. */
  blockHash: string;
}

/** The certificate of a block that this client keeps; a `ClientError` where it has none. */
export async function getCertificate(
  core: ClientCore,
  { blockHash }: GetCertificateArgs,
): Promise<ConfirmedBlock> {
  const hash = hashOf(blockHash);
  const { value } = await ask(core, { $: 'GetCertificate', value: hash });
  return confirmedOf(value, hash);
}
