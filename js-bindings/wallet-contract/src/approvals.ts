// What waits for a person: kinds of requests, and what a window warns of.
import type { Attos, BlockLine, ChainIdText, HashText, Millis, OwnerText } from './api.ts';
import type { EffectsView } from './effects.ts';
import type { WalletFailure } from './failures.ts';
import type { HostAsking } from './hosts.ts';

export interface ApprovalSummary {
  id: string;
  kind: Approval['kind'];
  /** null: the wallet's own windows asked. */
  origin: string | null;
  createdAt: Millis;
}

/** By code, what the window's text for it names. */
export interface WarningParams {
  UnknownRecipient: { chainId: ChainIdText };
  /** Too few validators answered to say whether it exists. */
  RecipientUnchecked: { chainId: ChainIdText };
  /** `blocks`: only so many of the chain's newest were looked through. */
  FirstTime: { chainId: ChainIdText; owner: OwnerText; blocks?: number };
  LookAlike: {
    chainId: ChainIdText;
    owner: OwnerText;
    knownChainId: ChainIdText;
    knownOwner: OwnerText;
  };
  /** What was shown until then. */
  EffectsChanged: { balances: { owner: OwnerText; before: Attos }[] };
}

export type WarningCode = keyof WarningParams;

export type ApprovalWarning = {
  [Code in WarningCode]: {
    /** danger: the person must tick it before yes is armed. */
    level: 'note' | 'danger';
    code: Code;
    params: WarningParams[Code];
  };
}[WarningCode];

export type Approval =
  | {
      kind: 'connect';
      id: string;
      origin: string;
      createdAt: Millis;
      /** Chains that the site asks for or had before; preselect them. */
      suggested: ChainIdText[];
      /** The site asks to read chains that are not in this wallet too, or was let before. */
      readsOthers: boolean;
    }
  | {
      kind: 'block';
      id: string;
      origin: string | null;
      createdAt: Millis;
      /** The genesis hash of the network it was made on; goes to vault.approve with the block. */
      network: HashText;
      chainId: ChainIdText;
      /** Which key signs. */
      signer: OwnerText;
      /** What was asked for, in order. */
      operations: BlockLine[];
      /**
       * preparing: effects are null; unlock or wait. asking: executing it needs an answer of
       * `host`, which nobody has allowed. failed: nothing to approve, only to close.
       */
      status: 'locked' | 'preparing' | 'asking' | 'ready' | 'committing' | 'done' | 'failed';
      /** While asking: what, and whom. */
      host: HostAsking | null;
      /** It was signed before and needs a signature for another round. */
      resumed: boolean;
      /** It is a locked block that this wallet did not make: it is carried on. */
      locked: boolean;
      effects: EffectsView | null;
      /** BCS of exactly the ProposedBlock that was executed: hand it to vault.approve first. */
      block: Uint8Array | null;
      /** Counts up when height or effects changed: confirm must name the one that was shown. */
      revision: number;
      warnings: ApprovalWarning[];
      failure: WalletFailure | null;
    }
  | {
      kind: 'text';
      id: string;
      origin: string;
      createdAt: Millis;
      owner: OwnerText;
      /** The page's host from the browser, checked against the text. */
      domain: string;
      text: string;
    };
