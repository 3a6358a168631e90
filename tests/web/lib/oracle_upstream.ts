// A world of the oracle on upstream's own validators: chains from its faucet, smaller ones opened
// by Mica.
import { ownerToText, toHex } from '@mica/bindings/node';
import { toAmount } from '@mica/bindings/scalars';
import { NO_PERMISSIONS } from '@mica/bindings/permissions';
import { singleOwner } from '@mica/devnet/faucet';
import { openFaucet } from '@mica/extension/engine/faucet';
import { World, openVaults } from './oracle_world.ts';
import { startUpstream, type UpstreamOptions } from './upstream.ts';

/** `balances`: attos; the first two chains have what the faucet gives. */
export async function openUpstreamWorld(
  keys: number,
  balances: bigint[],
  options: UpstreamOptions,
): Promise<World> {
  const net = await startUpstream(options);
  const vaults = await openVaults(keys);
  const faucet = openFaucet(net.faucetUrl);
  const claimed: string[] = [];
  for (const { owner } of vaults.slice(0, 2)) claimed.push(await faucet.claim(ownerToText(owner)));
  const world = await World.open(net, vaults, claimed);
  const [parent] = world.first as [string];
  await world.synchronize(parent);
  for (let i = world.first.length; i < balances.length; i += 1) {
    const ownership = singleOwner(world.owners[i % keys]!);
    const value = {
      ownership,
      balance: toAmount(balances[i]!),
      application_permissions: NO_PERMISSIONS,
    };
    const { effects } = await world.propose(parent, [{ $: 'OpenChain', value }]);
    const opened = toHex(effects.opened_chains[0]!);
    world.first.push(opened);
    await world.own(opened, i % keys);
  }
  return world;
}
