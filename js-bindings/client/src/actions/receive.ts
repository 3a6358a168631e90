// What waits in the inbox becomes part of the balance.
import { toAmount } from '@mica/bindings';
import type { ClientCore } from '../core.ts';
import { chainIdOf, checked } from '../texts.ts';

export interface ReceiveArgs {
  chainId: string;
  /** Attos that the block may cost. Default: one thousandth of a token. */
  feeCap?: bigint;
}

/**
 * Signs a block that accepts what waits in the chain's inbox. A `ClientError` of code NothingToDo:
 * nothing waits.
 */
export async function receive(
  core: ClientCore,
  { chainId, feeCap = 10n ** 15n }: ReceiveArgs,
): Promise<void> {
  const chain_id = chainIdOf(chainId);
  const fee_cap = checked(() => toAmount(feeCap));
  await core.command({ $: 'ReceiveIncoming', chain_id, fee_cap });
}
