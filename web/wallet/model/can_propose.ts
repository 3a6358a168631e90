import type { ChainView } from '@mica/wallet-contract/api';

/** Whether this wallet can make a block of the chain now. */
export const canPropose = ({ owner, closed, notExecuted }: ChainView): boolean =>
  owner !== null && !closed && notExecuted === null;
