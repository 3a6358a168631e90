// "Max": all that is left when the fees are paid. What they are, a trial block says, which is
// executed here, looked at and dropped; its size does not depend on the amount.
import type { Attos, OwnerText, WalletApi } from '@mica/wallet-contract/api';
import { WalletError } from '@mica/wallet-contract/api';
import { allBut } from './money.ts';

interface Order {
  chainId: string;
  source: OwnerText;
  recipient: string;
  available: Attos;
}

type Door = Pick<WalletApi, 'prepareTransfer' | 'getApproval' | 'reject'>;
type Wait = (ms: number) => Promise<void>;

const LOOK_EVERY_MS = 100;
const MOST_LOOKS = 300;
const sleep: Wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function amountForAll(wallet: Door, order: Order, wait = sleep): Promise<Attos> {
  const { available, ...where } = order;
  const { approvalId: id } = await wallet.prepareTransfer({ ...where, amount: 1n });
  try {
    const fees = await feesOf(wallet, id, wait);
    const amount = allBut(available, fees);
    if (amount !== null) return amount;
    const message = 'The fees are more than what is on this account.';
    throw new WalletError({ code: 'InsufficientBalance', message, money: 'Untouched' });
  } finally {
    await wallet.reject({ id }).catch(() => undefined);
  }
}

async function feesOf(wallet: Door, id: string, wait: Wait): Promise<Attos> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const approval = await wallet.getApproval({ id });
    if (approval.kind === 'block') {
      if (approval.effects) return approval.effects.fees;
      if (approval.failure) throw new WalletError(approval.failure);
    }
    await wait(LOOK_EVERY_MS);
  }
  const message = 'The fees could not be found out: another request may hold the chain.';
  throw new WalletError({ code: 'Busy', message, money: 'Untouched' });
}
