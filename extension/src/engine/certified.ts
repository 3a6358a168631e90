// What a receipt's certificate says of its block.
import { decode } from '@mica/bindings/codec';
import { fromHex } from '@mica/bindings/text';
import type { Block, SystemOperation } from '@mica/bindings/types';

interface Certified {
  certificate: string;
}

export const certifiedBlock = ({ certificate }: Certified): Block =>
  decode('ConfirmedBlockCertificate', fromHex(certificate)).value;

/** The first of its operations of this kind. */
export function certifiedOperation<Kind extends SystemOperation['$']>(
  receipt: Certified,
  kind: Kind,
): Extract<SystemOperation, { $: Kind }> {
  for (const { $, value: done } of certifiedBlock(receipt).body.transactions) {
    if ($ !== 'ExecuteOperation' || done.$ !== 'System') continue;
    const { value: operation } = done;
    if (operation.$ === kind) return operation as Extract<SystemOperation, { $: Kind }>;
  }
  throw new Error(`this block has no ${kind}`);
}
