// What the vault's core says, in the words of the contract, and back.
import type { BackupChain as CoreBackupChain, VaultAccount } from '@mica/bindings/types';
import {
  chainIdFromText,
  chainIdToText,
  hashFromText,
  ownerFromText,
  ownerToText,
  toHex,
} from '@mica/bindings/text';
import type { AccountState, BackedUpChain, BlockSummary } from '@mica/wallet-contract/api';
import type { AnswerOf } from './machine.ts';

export function accountState({ owner, scheme, origin, label }: VaultAccount): AccountState {
  const index = origin.$ === 'Phrase' ? origin.value : null;
  return { owner: ownerToText(owner), scheme, index, label };
}

export const coreChain = (chain: BackedUpChain): CoreBackupChain => ({
  network_name: chain.networkName,
  genesis_config_hash: hashFromText(chain.genesisHash),
  faucet_url: chain.faucetUrl,
  chain_id: chainIdFromText(chain.chainId),
  owner: chain.owner === null ? null : ownerFromText(chain.owner),
  label: chain.label,
});

export const windowChain = (chain: CoreBackupChain): BackedUpChain => ({
  networkName: chain.network_name,
  genesisHash: toHex(chain.genesis_config_hash),
  faucetUrl: chain.faucet_url,
  chainId: toHex(chain.chain_id),
  owner: chain.owner && ownerToText(chain.owner),
  label: chain.label,
});

export function windowSummary({ block, summary }: AnswerOf<'Approved' | 'Summary'>): BlockSummary {
  return {
    blockHash: toHex(block),
    chainId: chainIdToText(summary.chain_id),
    height: summary.height,
    signer: summary.signer && ownerToText(summary.signer),
    operations: summary.operations,
    acceptedBundles: summary.accepted_bundles,
    rejectedBundles: summary.rejected_bundles,
  };
}
