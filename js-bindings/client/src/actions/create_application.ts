// An application made from a published module.
import { blobHash } from '@mica/bindings/blobs';
import { applicationIdOf, moduleIdOf, payloadBytes, type Payload } from '../applications.ts';
import type { ClientCore } from '../core.ts';
import { ClientError } from '../errors.ts';
import { toHex } from '../texts.ts';
import type { ConfirmedBlock } from '../views.ts';
import { sendBlock } from './send_block.ts';

export interface CreateApplicationArgs {
  /** The chain that creates it, and instantiates it. */
  chainId: string;
  /** 130 hex digits, as `publishModule` gives it. */
  moduleId: string;
  /** The same on all chains. Default: null. */
  parameters?: Payload;
  /** For the creating chain only. Default: null. */
  argument?: Payload;
  /** Applications that it calls. */
  requiredApplicationIds?: string[];
}

export interface CreatedApplication extends ConfirmedBlock {
  /** 64 hex digits. */
  applicationId: string;
}

/**
 * Creates an application and runs its `instantiate`. The module's block must have been certified
 * before. Rejects as `sendBlock` does.
 *
 * @example
 * const { applicationId } = await client.createApplication({ chainId, moduleId, argument: 5 });
 */
export async function createApplication(
  core: ClientCore,
  { chainId, moduleId, parameters = null, argument = null, ...more }: CreateApplicationArgs,
): Promise<CreatedApplication> {
  const operation = {
    $: 'CreateApplication',
    module_id: moduleIdOf(moduleId),
    parameters: payloadBytes(parameters),
    instantiation_argument: payloadBytes(argument),
    required_application_ids: (more.requiredApplicationIds ?? []).map(applicationIdOf),
  } as const;
  const confirmed = await sendBlock(core, {
    chainId,
    operations: [{ $: 'System', value: operation }],
  });
  const created = confirmed.certificate.value.body.blobs
    .flat()
    .find(({ blob_type }) => blob_type === 'ApplicationDescription');
  if (!created) throw new ClientError('Internal', 'the block created no application');
  return { ...confirmed, applicationId: toHex(blobHash(created)) };
}
