// Bytes that every validator keeps.
import { dataBlobHash } from '@mica/bindings/blobs';
import type { ClientCore } from '../core.ts';
import { toHex } from '../texts.ts';
import type { ConfirmedBlock } from '../views.ts';
import { sendBlock } from './send_block.ts';

export interface PublishDataBlobArgs {
  /** The chain that pays for it. */
  chainId: string;
  bytes: Uint8Array;
}

export interface PublishedBlob extends ConfirmedBlock {
  /** 64 hex digits: what applications name the blob by. */
  blobHash: string;
}

/**
 * Publishes a data blob in a block of the chain. Rejects as `prepareBlock` and `confirmBlock` do.
 *
 * @example
 * const { blobHash } = await client.publishDataBlob({ chainId, bytes });
 */
export async function publishDataBlob(
  core: ClientCore,
  { chainId, bytes }: PublishDataBlobArgs,
): Promise<PublishedBlob> {
  const blob_hash = dataBlobHash(bytes);
  const operation = { $: 'PublishDataBlob', blob_hash } as const;
  const operations = [{ $: 'System', value: operation } as const];
  const confirmed = await sendBlock(core, { chainId, operations, blobs: [bytes] });
  return { ...confirmed, blobHash: toHex(blob_hash) };
}
