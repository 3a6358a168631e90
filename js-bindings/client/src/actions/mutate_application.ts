// A query whose operations are proposed.
import type { ClientCore } from '../core.ts';
import { ClientError } from '../errors.ts';
import type { ConfirmedBlock } from '../views.ts';
import {
  queryApplication,
  type ApplicationAnswer,
  type QueryApplicationArgs,
} from './query_application.ts';
import { sendBlock } from './send_block.ts';

export interface Mutation extends ConfirmedBlock {
  /** What the service answered, before the block. */
  answer: ApplicationAnswer;
  /** What each of the operations returned, in order. */
  operationResults: Uint8Array[];
}

/**
 * `queryApplication`, and one block of the operations that the service scheduled. Rejects with
 * NothingToDo where it scheduled none, else as `queryApplication` and `sendBlock` do.
 *
 * @example
 * const { height } = await client.mutateApplication({
 *   chainId, applicationId, query: { query: 'mutation { increment(value: 3) }' },
 * });
 */
export async function mutateApplication(
  core: ClientCore,
  args: QueryApplicationArgs,
): Promise<Mutation> {
  const answer = await queryApplication(core, args);
  const { operations } = answer;
  if (operations.length === 0) {
    throw new ClientError('NothingToDo', 'the application scheduled no operation');
  }
  const confirmed = await sendBlock(core, { chainId: args.chainId, operations });
  const results = confirmed.certificate.value.body.operation_results;
  return { ...confirmed, answer, operationResults: results.slice(-operations.length) };
}
