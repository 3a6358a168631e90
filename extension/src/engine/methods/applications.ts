import { encode } from '@mica/bindings/codec';
import { MAX_PAGE_APPLICATIONS } from '@mica/bindings/limits';
import { applicationIdToText, chainIdFromText, toHex } from '@mica/bindings/text';
import type { ChainApplication } from '@mica/bindings/types';
import type { ApplicationJson } from '@mica/provider';
import { ask } from '../engine.ts';
import { fitting } from '../page_answers.ts';
import { chainId, count, object, optionalApplicationId } from './params.ts';
import { method, ofReading } from './method.ts';

const idOf = ({ application_id }: ChainApplication) => applicationIdToText(application_id);

function applicationJson(application: ChainApplication): ApplicationJson {
  const applicationId = idOf(application);
  const { description } = application;
  if (!description) return { applicationId, description: null };
  return {
    applicationId,
    description: {
      moduleId: toHex(encode('ModuleId', description.module_id)),
      creatorChainId: toHex(description.creator_chain_id),
      height: Number(description.block_height),
      parameters: toHex(description.parameters),
      requiredApplicationIds: description.required_application_ids.map(applicationIdToText),
    },
  };
}

/**
 * `{ chainId?, after?, limit? }`: the applications that have state on a connected chain (any other
 * with `readChains`), ordered by their ids (100 of them; fewer where they are larger than 1,048,576
 * characters together: go on with the last id as `after`). `description` says what each was made
 * from, and is null where the wallet does not have it: `moduleId`, the chain and block `height`
 * that created it, its `parameters` as hex, and the applications that it calls.
 *
 * ```js
 * const applications = await provider.request({ method: 'linera_applications' });
 * for (const { applicationId, description } of applications) {
 *   console.log(applicationId, description?.creatorChainId, description?.moduleId);
 * }
 * ```
 */
export const applications = method({
  name: 'linera_applications',
  access: 'granted',
  params: object({
    chainId,
    after: optionalApplicationId,
    limit: count(MAX_PAGE_APPLICATIONS, MAX_PAGE_APPLICATIONS),
  }),
  reasons: ['BadAddress', ...ofReading],
  async run(visit, { after, limit, ...params }): Promise<ApplicationJson[]> {
    const chainId = await visit.readable(params.chainId);
    const command = { $: 'ListApplications', value: chainIdFromText(chainId) } as const;
    const { value: all } = await ask(visit.session.engine, command, visit.origin);
    const asked = all.filter((one) => after === null || idOf(one) > after);
    asked.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
    return fitting(asked.slice(0, limit), applicationJson);
  },
});
