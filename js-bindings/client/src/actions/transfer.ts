// Tokens from a chain to an account.
import { toAmount, type Operation } from '@mica/bindings';
import type { ClientCore } from '../core.ts';
import { chainIdOf, checked, ownerOf } from '../texts.ts';
import type { ConfirmedBlock } from '../views.ts';
import { sendBlock } from './send_block.ts';

export interface TransferArgs {
  /** The chain that pays. */
  chainId: string;
  /** In attos: 10^18 are one token (`parseAmount`). */
  amount: bigint;
  /** `owner`: an account on that chain. Default: the chain's own balance. */
  recipient: { chainId: string; owner?: string };
  /** The account on `chainId` that pays. Default: the chain's own balance. */
  source?: string;
}

const CHAIN_BALANCE = '0x00';

/**
 * Pays, and resolves with the certificate. Whether the recipient's chain exists is not asked.
 * Rejects as `prepareBlock` and `confirmBlock` do.
 *
 * @example
 * const { blockHash } = await client.transfer({
 *   chainId,
 *   amount: parseAmount('1.5'),
 *   recipient: { chainId: other },
 * });
 */
export async function transfer(
  core: ClientCore,
  { chainId, amount, recipient, source = CHAIN_BALANCE }: TransferArgs,
): Promise<ConfirmedBlock> {
  const to = {
    chain_id: chainIdOf(recipient.chainId),
    owner: ownerOf(recipient.owner ?? CHAIN_BALANCE),
  };
  const operation: Operation = {
    $: 'System',
    value: {
      $: 'Transfer',
      owner: ownerOf(source),
      recipient: to,
      amount: checked(() => toAmount(amount)),
    },
  };
  return sendBlock(core, { chainId, operations: [operation] });
}
