// All followed chains.
import { ask } from '@mica/bindings/commands';
import type { ClientCore } from '../core.ts';
import { chainOf, type Chain } from '../views.ts';

/** The chains that this client follows, as it knows them now. */
export async function getChains(core: ClientCore): Promise<Chain[]> {
  return (await ask(core, { $: 'ListChains' })).value.map(chainOf);
}
