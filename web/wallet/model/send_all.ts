// "Max": all that is left when the fees are paid. They do not depend on the amount.
import { WalletError, type Attos, type OwnerText, type WalletApi } from '@mica/wallet-contract/api';
import { allBut } from './money.ts';

interface Order {
  chainId: string;
  source: OwnerText;
  recipient: string;
  available: Attos;
}

export async function amountForAll(
  wallet: Pick<WalletApi, 'estimateTransfer'>,
  { available, ...where }: Order,
): Promise<Attos> {
  const { fees } = await wallet.estimateTransfer({ ...where, amount: 1n });
  const amount = allBut(available, fees);
  if (amount !== null) return amount;
  const message = 'The fees are more than what is on this account.';
  throw new WalletError({ code: 'InsufficientBalance', message, money: 'Untouched' });
}
