// The money that system operations and messages move; a kind that is forgotten does not compile.
import type { Account, SystemMessage, SystemOperation } from '@mica/bindings/types';
import { chainIdToText, ownerToText } from '@mica/bindings/text';
import type { AccountText } from '@mica/wallet-contract/addresses';
import type { ChainIdText } from '@mica/wallet-contract/api';

interface Payment {
  amount: bigint;
  /** Which chain has the money until then; null: the one that executes the operation. */
  source: ChainIdText | null;
  /** Null: a chain that is being opened. */
  recipient: AccountText | null;
}

const accountText = ({ chain_id, owner }: Account): AccountText => ({
  chainId: chainIdToText(chain_id),
  owner: ownerToText(owner),
});

/** Null: it moves none. */
export function paymentOf(operation: SystemOperation): Payment | null {
  switch (operation.$) {
    case 'Transfer': {
      const { amount, recipient } = operation;
      return { amount, source: null, recipient: accountText(recipient) };
    }
    case 'Claim': {
      const { amount, target_id, recipient } = operation;
      return { amount, source: chainIdToText(target_id), recipient: accountText(recipient) };
    }
    case 'OpenChain':
      return { amount: operation.value.balance, source: null, recipient: null };
    case 'CloseChain':
    case 'ChangeOwnership':
    case 'ChangeApplicationPermissions':
    case 'PublishModule':
    case 'PublishDataBlob':
    case 'VerifyBlob':
    case 'CreateApplication':
    case 'Admin':
    case 'ProcessNewEpoch':
    case 'ProcessRemovedEpoch':
    case 'UpdateStreams':
      return null;
  }
}

/** What it takes from the chain that executes it: a claim elsewhere is paid there, later. */
export function paidFrom(chainId: ChainIdText, { amount, source, recipient }: Payment): bigint {
  const isHere = source === null || source === chainId;
  return isHere && recipient?.chainId !== chainId ? amount : 0n;
}

/** What an accepted message brings to the chain that receives it; negative: takes from it. */
export function broughtTo(chainId: ChainIdText, message: SystemMessage): bigint {
  switch (message.$) {
    case 'Credit':
      return message.amount;
    case 'Withdraw':
      return accountText(message.recipient).chainId === chainId ? 0n : -message.amount;
  }
}
