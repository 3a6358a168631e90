// The chains of a backup: those of all networks, also of networks that are not open.
import type { BackedUpChain, WalletApi, WalletFailure } from '@mica/wallet-contract/api';
import { ChainBook, networkWith, noteChain } from './chain_book.ts';
import { chainIdOf, faucetUrlOf, ownerOf } from './checked.ts';
import { fail, failureOf } from './engine.ts';
import type { StoredNetwork } from './outside.ts';
import type { WalletService } from './wallet_service.ts';

export async function listBackupChains(service: WalletService): Promise<BackedUpChain[]> {
  const session = service.need();
  const all: BackedUpChain[] = [];
  for (const { name: networkName, faucetUrl, genesisHash } of service.stored.networks.list) {
    if (genesisHash === null) continue;
    const here = genesisHash === session.genesisHash;
    const chains = here
      ? session.chainStates()
      : (await ChainBook.load(service.outside, genesisHash)).list();
    for (const { chainId, owner, label } of chains) {
      all.push({ networkName, genesisHash, faucetUrl, chainId, owner, label });
    }
  }
  return all;
}

export async function importBackupChains(
  service: WalletService,
  chains: BackedUpChain[],
): ReturnType<WalletApi['importBackupChains']> {
  const { genesisHash, chains: own } = service.need();
  const missing: { chain: BackedUpChain; why: WalletFailure }[] = [];
  const here: BackedUpChain[] = [];
  for (const chain of chains) {
    const take = async () => {
      if (chain.genesisHash !== genesisHash) return importElsewhere(service, chain);
      const wanted = { ...chain, ...checked(chain) };
      await own.refuseCopy(wanted.chainId);
      here.push(wanted);
    };
    await take().catch((error: unknown) => missing.push({ chain, why: failureOf(error) }));
  }
  if (here.length === 0) return { missing };
  const failed = await own.trackAll(here);
  for (const chain of here) {
    const error = failed.get(chain.chainId);
    if (error) missing.push({ chain, why: failureOf(error) });
  }
  return { missing };
}

const checked = ({ chainId, owner }: BackedUpChain) => ({
  chainId: chainIdOf(chainId),
  owner: owner === null ? null : ownerOf(owner),
});

async function importElsewhere(service: WalletService, chain: BackedUpChain): Promise<void> {
  service.need();
  const { genesisHash, label } = chain;
  const { chainId, owner } = checked(chain);
  if (!/^[0-9a-f]{64}$/.test(genesisHash)) fail('InvalidInput', 'This names no network.');
  const others = service.stored.networks.list.filter((one) => one.genesisHash !== genesisHash);
  const stillIts = service.vault.sameWallet();
  const other = await networkWith(service.outside, others, chainId);
  if (other) {
    const params = { of: 'ChainElsewhere', network: other.name } as const;
    fail('Conflict', `This wallet has that chain on the network "${other.name}".`, {
      ...{ reason: 'ChainElsewhere', params },
    });
  }
  stillIts();
  await addNetwork(service, chain);
  stillIts();
  await noteChain(service.outside, genesisHash, { chainId, owner, label });
}

// Its genesis is fetched when it is opened for the first time.
async function addNetwork(service: WalletService, chain: BackedUpChain): Promise<void> {
  const { genesisHash, networkName } = chain;
  if (service.stored.networks.list.some((one) => one.genesisHash === genesisHash)) return;
  const faucetUrl = faucetUrlOf(chain.faucetUrl);
  const known = service.stored.networks.list.find((one) => one.faucetUrl === faucetUrl);
  if (known && known.genesisHash !== null) {
    const text = `The faucet of ${known.name} shows another network than this one.`;
    fail('NetworkReset', text, { reason: 'OtherNetwork' });
  }
  const entry: StoredNetwork = {
    id: known?.id ?? service.outside.newId(),
    name: known?.name ?? (networkName.trim() || new URL(faucetUrl).host),
    faucetUrl,
    genesisHash,
    genesisJson: null,
  };
  await (known ? service.stored.networks.replace(entry) : service.stored.networks.add(entry));
}
