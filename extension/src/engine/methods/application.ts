// What methods about applications share: the question to a service, and what a block returned.
import { applicationIdFromText, chainIdFromText, toHex } from '@mica/bindings/text';
import type { Operation } from '@mica/bindings/types';
import type { NamedJson } from '@mica/provider';
import type { BlockReceipt } from '@mica/wallet-contract/api';
import { certifiedBlock } from '../certified.ts';
import { coreJson } from '../core_json.ts';
import { ask } from '../engine.ts';
import type { Session } from '../session.ts';
import { invalid } from './params.ts';

/** The service's answer, which should be text, and the operations that it schedules. */
export async function askApplication(
  { session, origin }: { session: Session; origin: string | null },
  chainId: string,
  { applicationId, query }: { applicationId: string; query: string },
): Promise<{ response: string; operations: Operation[] }> {
  const command = {
    $: 'QueryApplication',
    chain_id: chainIdFromText(chainId),
    application_id: applicationIdFromText(applicationId),
    query: new TextEncoder().encode(query),
  } as const;
  const { response, operations } = await ask(session.engine, command, origin);
  return { response: new TextDecoder().decode(response), operations };
}

/** The same of a mutation; refused where nothing is scheduled. */
export async function askMutation(
  ...asked: Parameters<typeof askApplication>
): ReturnType<typeof askApplication> {
  const answer = await askApplication(...asked);
  if (answer.operations.length > 0) return answer;
  return invalid('The application scheduled no operation: it is no mutation.', 'NothingToDo');
}

/** Of a certified block: what each of its operations returned, as hex, and its events. */
export function outcomeOf(receipt: BlockReceipt): {
  operationResults: string[];
  events: NamedJson[];
} {
  const { body } = certifiedBlock(receipt);
  return {
    operationResults: body.operation_results.map(toHex),
    events: body.events.flat().map((event) => coreJson('Event', event) as NamedJson),
  };
}
