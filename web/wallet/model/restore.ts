// A backup file may hold chains of several networks; each is taken over on its own.
import type { BackedUpChain, HashText } from '@mica/wallet-contract/api';

export interface NetworkGroup {
  genesisHash: HashText;
  networkName: string;
  faucetUrl: string;
  chains: BackedUpChain[];
}

/** The network in use first. */
export function groupByNetwork(chains: BackedUpChain[], current: HashText | null): NetworkGroup[] {
  const groups = new Map<HashText, NetworkGroup>();
  for (const chain of chains) {
    const { genesisHash, networkName, faucetUrl } = chain;
    const group = groups.get(genesisHash) ?? { genesisHash, networkName, faucetUrl, chains: [] };
    group.chains.push(chain);
    groups.set(genesisHash, group);
  }
  const rank = (group: NetworkGroup) => (group.genesisHash === current ? 0 : 1);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

export const backupName = (now: Date): string =>
  `mica-backup-${now.toISOString().slice(0, 10)}.mica`;
