// Operations as pages write them: an application's, or a transfer.
import type { Operation } from '@mica/bindings/types';
import { applicationIdFromText } from '@mica/bindings/text';
import { CHAIN_OWNER, type AccountText } from '@mica/wallet-contract/addresses';
import { transferOperation } from '../operations.ts';
import type { ChainCore } from '../views.ts';
import { invalid } from './params.ts';

export type AskedOperation =
  | { kind: 'application'; applicationId: string; bytes: Uint8Array }
  | { kind: 'transfer'; source: string; recipient: AccountText; attos: bigint };

/** The operation of a block of that chain; only the wallet's own money is moved. */
export function ordered(asked: AskedOperation, chain: ChainCore): Operation {
  if (asked.kind === 'transfer') {
    checkSource(asked.source, chain);
    return transferOperation(asked.source, asked.recipient, asked.attos);
  }
  const application_id = applicationIdFromText(asked.applicationId);
  return { $: 'User', application_id, bytes: asked.bytes };
}

export function checkSource(source: string, { owner }: ChainCore): void {
  if (source !== CHAIN_OWNER && source !== owner) {
    invalid("source is not this wallet's account on the chain.", 'NotOwner');
  }
}
