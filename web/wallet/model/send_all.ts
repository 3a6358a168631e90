// "Max": all that is left when the fees are paid. What they are, a trial block says, which is
// executed here, looked at and dropped; its size does not depend on the amount.
import type { Attos, OwnerText, WalletApi, WalletHost } from '@mica/wallet-contract/api';
import { systemClock, wakeIn, type Clock } from '@mica/bindings/wake';
import { WalletError } from '@mica/wallet-contract/api';
import { allBut } from './money.ts';

interface Order {
  chainId: string;
  source: OwnerText;
  recipient: string;
  available: Attos;
}

type Door = Pick<WalletApi, 'prepareTransfer' | 'getApproval' | 'reject'> &
  Pick<WalletHost['wallet'], 'on'>;

const SHOWN_WITHIN_MS = 30_000;

export async function amountForAll(
  wallet: Door,
  order: Order,
  clock = systemClock,
): Promise<Attos> {
  const { available, ...where } = order;
  const { approvalId: id } = await wallet.prepareTransfer({ ...where, amount: 1n });
  try {
    const fees = await feesOf(wallet, id, clock);
    const amount = allBut(available, fees);
    if (amount !== null) return amount;
    const message = 'The fees are more than what is on this account.';
    throw new WalletError({ code: 'InsufficientBalance', message, money: 'Untouched' });
  } finally {
    await wallet.reject({ id }).catch(() => undefined);
  }
}

// At once or when the approval changes: it is ready, or has failed.
function feesOf(wallet: Door, id: string, clock: Clock): Promise<Attos> {
  return new Promise<Attos>((resolve, reject) => {
    const look = async () => {
      const approval = await wallet.getApproval({ id });
      if (approval.kind !== 'block') return;
      if (approval.effects) end(() => resolve(approval.effects!.fees));
      else if (approval.failure) end(() => reject(new WalletError(approval.failure!)));
    };
    const failed = (error: Error) => end(() => reject(error));
    const message = 'The fees could not be found out: another request may hold the chain.';
    const busy = new WalletError({ code: 'Busy', message, money: 'Untouched' });
    const late = wakeIn(SHOWN_WITHIN_MS, () => failed(busy), clock);
    const deaf = wallet.on('approval', (news) => void (news.id === id && look().catch(failed)));
    const end = (settle: () => void) => {
      late();
      deaf();
      settle();
    };
    look().catch(failed);
  });
}
