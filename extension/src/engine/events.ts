// What the lower parts of the wallet tell those above them; wallet_service.ts says who hears it.
import type { ActivityEntry } from '@mica/wallet-contract/api';
import type { ChainCore } from './views.ts';

export interface ServiceEvents {
  /** Something that a window shows has changed. */
  changed: [];
  /** It is time to tell windows what is now. */
  tellState: [];
  /** Somebody looks at the wallet. */
  seen: [];
  /** A network is the one that is open now. */
  opened: [];
}

/** Of one opened network. */
export interface SessionEvents {
  changed: [];
  approval: [id: string];
  chain: [before: ChainCore | undefined, after: ChainCore];
  /** The same of one that is followed only because sites read it. */
  reading: [before: ChainCore | undefined, after: ChainCore];
  /** The person has forgotten it. */
  forgotten: [chainId: string];
  /** No draft of a block is open on it any more. */
  chainFree: [chainId: string];
  activity: [chainId: string];
  block: [block: BlockNews];
  /** Sites may see other chains than before. */
  sites: [];
}

/** How far a block has got. */
export interface BlockNews {
  chainId: string;
  height: bigint;
  hash: string;
  state: ActivityEntry['state'];
}
