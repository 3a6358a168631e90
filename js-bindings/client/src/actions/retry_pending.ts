// Going on with a signed block whose outcome is open.
import type { ClientCore } from '../core.ts';
import { chainIdOf } from '../texts.ts';

export interface RetryPendingArgs {
  chainId: string;
}

/**
 * After an OutcomeUnknown: asks the validators again for the same block, and never for another one.
 * A `ClientError` of code NothingToDo: there is none.
 */
export async function retryPending(core: ClientCore, { chainId }: RetryPendingArgs): Promise<void> {
  await core.command({ $: 'RetryPending', value: chainIdOf(chainId) });
}
