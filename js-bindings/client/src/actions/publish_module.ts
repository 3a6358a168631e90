// Bytecode that every validator keeps, from which applications are created.
import type { BlobContent, ModuleId } from '@mica/bindings';
import { blobHash } from '@mica/bindings/blobs';
import { moduleIdText } from '../applications.ts';
import { compressed } from '../compressed.ts';
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
  const code: BlobContent = { blob_type: 'ContractBytecode', bytes: await compressed(contract) };
  const serviceCode: BlobContent = {
    blob_type: 'ServiceBytecode',
    bytes: await compressed(service),
  };
  const module_id: ModuleId = {
    contract_blob_hash: blobHash(code),
    service_blob_hash: blobHash(serviceCode),
    vm_runtime: 'Wasm',
  };
  const operation = { $: 'PublishModule', module_id } as const;
  const confirmed = await sendBlock(core, {
    chainId,
    operations: [{ $: 'System', value: operation }],
    blobs: [code.bytes, serviceCode.bytes],
  });
  return { ...confirmed, moduleId: moduleIdText(module_id) };
}
