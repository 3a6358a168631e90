// Bytecode that every validator keeps, from which applications are created.
import { moduleIdToText, packModule } from '@mica/bindings/modules';
import type { ClientCore } from '../core.ts';
import type { ConfirmedBlock } from '../views.ts';
import { sendBlock } from './send_block.ts';

export interface PublishModuleArgs {
  /** The chain that pays for it. */
  chainId: string;
  /** WebAssembly, as the compiler wrote it. */
  contract: Uint8Array;
  service: Uint8Array;
}

export interface PublishedModule extends ConfirmedBlock {
  /** 130 hex digits: what applications are created from. */
  moduleId: string;
}

/**
 * Publishes contract and service, compressed, in a block of the chain. Rejects as `sendBlock` does;
 * ExecutionFailed where they are larger than the network takes.
 *
 * @example
 * const { moduleId } = await client.publishModule({ chainId, contract, service });
 */
export async function publishModule(
  core: ClientCore,
  { chainId, contract, service }: PublishModuleArgs,
): Promise<PublishedModule> {
  const { moduleId: module_id, blobs } = await packModule({ contract, service });
  const operation = { $: 'PublishModule', module_id } as const;
  const confirmed = await sendBlock(core, {
    chainId,
    operations: [{ $: 'System', value: operation }],
    blobs,
  });
  return { ...confirmed, moduleId: moduleIdToText(module_id) };
}
