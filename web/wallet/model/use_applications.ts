// The applications of a chain, as the engine has them: read anew when the chain has moved.
import { useEffect, useState } from 'react';
import type { ApplicationState, ChainView, WalletFailure } from '@mica/wallet-contract/api';
import { failureOf, useWallet } from './use_wallet.tsx';

export interface Applications {
  /** Null: not read yet. */
  all: ApplicationState[] | null;
  failure: WalletFailure | null;
}

export function useApplications({ chainId, nextBlockHeight }: ChainView): Applications {
  const { wallet } = useWallet();
  const [read, setRead] = useState<Applications>({ all: null, failure: null });
  useEffect(() => {
    let over = false;
    wallet.listApplications({ chainId }).then(
      (all) => over || setRead({ all, failure: null }),
      (error: unknown) => over || setRead({ all: [], failure: failureOf(error) }),
    );
    return () => void (over = true);
  }, [wallet, chainId, nextBlockHeight]);
  return read;
}
