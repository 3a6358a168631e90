// Asks an application's service.
import type { Operation } from '@mica/bindings';
import { ask } from '@mica/bindings/commands';
import { applicationIdOf, payloadBytes, type Payload } from '../applications.ts';
import type { ClientCore } from '../core.ts';
import { chainIdOf } from '../texts.ts';

export interface QueryApplicationArgs {
  /** A chain that this client follows: the application is asked about its state there. */
  chainId: string;
  /** 64 hex digits. */
  applicationId: string;
  /** JSON, by convention GraphQL as `{ query, variables?, operationName? }`; or bytes. */
  query: Payload;
}

export interface ApplicationAnswer {
  /** As the service gave it. */
  bytes: Uint8Array;
  /** The same as text; by convention JSON. */
  text: string;
  /** What a mutation schedules; `mutateApplication` proposes them. */
  operations: Operation[];
}

/**
 * Runs the service here, on this client's own verified state: nothing is signed or sent, and
 * nothing changes. Rejects with a `ClientError` (ExecutionFailed with what the service said,
 * Unsupported, UnknownChain).
 *
 * @example
 * const { text } = await client.queryApplication({
 *   chainId, applicationId, query: { query: '{ value }' },
 * });
 * const { data } = JSON.parse(text);
 */
export async function queryApplication(
  core: ClientCore,
  { chainId, applicationId, query }: QueryApplicationArgs,
): Promise<ApplicationAnswer> {
  const { response, operations } = await ask(core, {
    $: 'QueryApplication',
    chain_id: chainIdOf(chainId),
    application_id: applicationIdOf(applicationId),
    query: payloadBytes(query),
  });
  return { bytes: response, text: new TextDecoder().decode(response), operations };
}
