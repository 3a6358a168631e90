// After a restore: which chains the wallet's accounts have, and which further accounts of its
// phrase have chains too. The faucet knows the chains that it made, by their owners.
import type {
  AccountState,
  FoundChain,
  Secret,
  VaultApi,
  WalletApi,
} from '@mica/wallet-contract/api';
import { copyOf } from '@mica/wallet-contract/secret';

/** So many accounts in a row without a chain, of each kind of key, end the search. */
const GAP = 5;
/** However many chains a faucet claims to know. */
const MAX_ROUNDS = 10;

export interface Search {
  wallet: Pick<WalletApi, 'findChains'>;
  keys: Pick<VaultApi, 'lookAhead' | 'addAccount'>;
  accounts: AccountState[];
  /** Of the wallet's `number`-th account. */
  newLabel(number: number): string;
}

export async function findOwn({ wallet, accounts }: Search): Promise<FoundChain[]> {
  const owners = accounts.map(({ owner }) => owner);
  return (await wallet.findChains({ owners })).found;
}

/** Chains of further accounts, which are added to the wallet. The password stays the caller's. */
export async function findFurther(search: Search, password: Secret): Promise<FoundChain[]> {
  const { wallet, keys, newLabel } = search;
  const all: FoundChain[] = [];
  let count = search.accounts.length;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const ahead = await keys.lookAhead({ password: copyOf(password), count: GAP });
    const owners = ahead.accounts.map(({ owner }) => owner);
    const { found } = await wallet.findChains({ owners });
    const added = ahead.accounts.filter(({ owner }) => found.some((one) => one.owner === owner));
    for (const { scheme, index } of added) {
      if (index === null) continue;
      count += 1;
      const label = newLabel(count);
      await keys.addAccount({ password: copyOf(password), scheme, index, label });
    }
    all.push(...found);
    if (added.length === 0) break;
  }
  return all;
}
