// What methods about applications share: the question to a service, and what a block returned.
import { decode } from '@mica/bindings/codec';
import { chainIdFromText, fromHex, hashFromText, toHex } from '@mica/bindings/text';
import type { Operation } from '@mica/bindings/types';
import type { NamedJson } from '@mica/provider';
import type { BlockReceipt } from '@mica/wallet-contract/api';
import { coreJson } from '../core_json.ts';
import { ask } from '../engine.ts';
import type { Visit } from '../visit.ts';

/** The service's answer, which should be text, and the operations that it schedules. */
export async function askApplication(
  { session, origin }: Visit,
  chainId: string,
  { applicationId, query }: { applicationId: string; query: string },
): Promise<{ response: string; operations: Operation[] }> {
  const command = {
    $: 'QueryApplication',
    chain_id: chainIdFromText(chainId),
    application_id: { application_description_hash: hashFromText(applicationId) },
    query: new TextEncoder().encode(query),
  } as const;
  const { response, operations } = await ask(session.engine, command, origin);
  return { response: new TextDecoder().decode(response), operations };
}

/** Of a certified block: what each of its operations returned, as hex, and its events. */
export function outcomeOf({ certificate }: BlockReceipt): {
  operationResults: string[];
  events: NamedJson[];
} {
  const { body } = decode('ConfirmedBlockCertificate', fromHex(certificate)).value;
  return {
    operationResults: body.operation_results.map(toHex),
    events: body.events.flat().map((event) => coreJson('Event', event) as NamedJson),
  };
}
