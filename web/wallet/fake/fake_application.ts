// An application that counts, for previews and tests: what it was made from, and its answers.
import { toBlockHeight } from '@mica/bindings/scalars';
import { chainIdFromText, hashFromText } from '@mica/bindings/text';
import type { ApplicationState } from '@mica/wallet-contract/api';
import { chainA, chainB } from './fake_data.ts';

const counterId = '5c'.repeat(32);
const otherId = '7d'.repeat(32);

const made = (creator: string, parameters: string): ApplicationState['description'] => ({
  module_id: {
    contract_blob_hash: hashFromText('c0'.repeat(32)),
    service_blob_hash: hashFromText('5e'.repeat(32)),
    vm_runtime: 'Wasm',
  },
  creator_chain_id: chainIdFromText(creator),
  block_height: toBlockHeight(6n),
  application_index: 0,
  parameters: new TextEncoder().encode(parameters),
  required_application_ids: [{ application_description_hash: hashFromText(otherId) }],
});

export const applications: ApplicationState[] = [
  { applicationId: counterId, description: made(chainA, '{"name":"counter"}') },
  { applicationId: otherId, description: made(chainB, 'null') },
  { applicationId: '9f'.repeat(32), description: null },
];

const named = (kind: string, name: string) => ({ kind, name, ofType: null });
const sure = (ofType: object) => ({ kind: 'NON_NULL', name: null, ofType });
const count = named('SCALAR', 'Int');

export const introspectionAnswer = JSON.stringify({
  data: {
    __schema: {
      queryType: { name: 'Query' },
      mutationType: { name: 'Mutation' },
      types: [
        {
          kind: 'OBJECT',
          name: 'Query',
          description: null,
          fields: [
            { name: 'value', description: 'What was counted.', args: [], type: sure(count) },
          ],
        },
        {
          kind: 'OBJECT',
          name: 'Mutation',
          fields: [
            {
              name: 'increment',
              description: null,
              args: [
                { name: 'value', type: sure(count) },
                {
                  name: 'by',
                  type: { kind: 'LIST', name: null, ofType: sure(named('ENUM', 'Step')) },
                },
              ],
              type: count,
            },
          ],
        },
        { kind: 'ENUM', name: 'Step', enumValues: [{ name: 'ONE' }] },
        { kind: 'SCALAR', name: 'Int', description: 'A number.' },
        { kind: 'OBJECT', name: '__Type', fields: [] },
      ],
    },
  },
});

/** Of its types and its descriptions, as windows show them. */
export const applicationTexts = [
  ...['value', 'increment', '(value: Int!, by: [Step!])', ': Int!', ': Int', 'What was counted.'],
  ...['Step', 'ONE'],
];

/** A mutation schedules one operation. */
export function answerTo(query: string): { response: string; operations: number } {
  if (query.includes('__schema')) return { response: introspectionAnswer, operations: 0 };
  if (query.includes('mutation')) return { response: '{"data":[40,2]}', operations: 1 };
  return { response: '{"data":{"value":42}}', operations: 0 };
}
