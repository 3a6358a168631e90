// Operations as pages write them: an application's, or a transfer.
import type { Operation } from '@mica/bindings/types';
import { applicationIdFromText } from '@mica/bindings/text';
import { CHAIN_OWNER, type AccountText } from '@mica/wallet-contract/addresses';
import { transferOperation } from '../operations.ts';
import type { ChainCore } from '../views.ts';
import { invalid } from './params.ts';

interface AskedKinds {
  application: { applicationId: string; bytes: Uint8Array };
  transfer: { source: string; recipient: AccountText; attos: bigint };
}
type Kind = keyof AskedKinds;

export type AskedOperation<K extends Kind = Kind> = {
  [Each in K]: { kind: Each } & AskedKinds[Each];
}[K];

/** What each kind becomes in a block of that chain; a kind without a row does not compile. */
const made: { [K in Kind]: (asked: AskedKinds[K], chain: ChainCore) => Operation } = {
  application: ({ applicationId, bytes }) => ({
    ...{ $: 'User', application_id: applicationIdFromText(applicationId), bytes },
  }),
  transfer({ source, recipient, attos }, chain) {
    checkSource(source, chain);
    return transferOperation(source, recipient, attos);
  },
};

/** The operation of a block of that chain; only the wallet's own money is moved. */
export const ordered = <K extends Kind>(asked: AskedOperation<K>, chain: ChainCore): Operation =>
  made[asked.kind](asked, chain);

export function checkSource(source: string, { owner }: ChainCore): void {
  if (source !== CHAIN_OWNER && source !== owner) {
    invalid("source is not this wallet's account on the chain.", 'NotOwner');
  }
}
