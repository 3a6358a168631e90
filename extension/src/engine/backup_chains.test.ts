import { beforeEach, describe, expect, it } from 'vitest';
import type { BackedUpChain } from '@mica/wallet-contract/api';
import { alice, chainA, chainB, newDisk } from '../testing/fake_engine.ts';
import { makeWorld, type World } from '../testing/world.ts';

const OTHER = '99'.repeat(32);
const far = 'e'.repeat(64);
const farChain: BackedUpChain = {
  networkName: 'Second',
  genesisHash: OTHER,
  faucetUrl: 'https://second.example/',
  chainId: far,
  owner: alice,
  label: 'Far',
};

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
  await world.settle();
});

describe('a backup', () => {
  it('holds the chains of all networks, and restores them', async () => {
    expect(await world.methods.importBackupChains({ chains: [farChain] })).toEqual({ missing: [] });
    const chains = await world.methods.listBackupChains({});
    expect(chains.map(({ chainId }) => chainId).sort()).toEqual([chainA, chainB, far]);

    const next = await makeWorld(newDisk(), new Map(), []);
    next.unlock();
    await next.settle();
    expect(await next.methods.importBackupChains({ chains })).toEqual({ missing: [] });
    await next.settle();
    expect(next.service.state().networks.map(({ name }) => name)).toContain('Second');
    const again = await next.methods.listBackupChains({});
    expect(again.map(({ chainId, label }) => [chainId, label]).sort()).toEqual(
      chains.map(({ chainId, label }) => [chainId, label]).sort(),
    );
  });

  it('has all chains of this network followed by one command', async () => {
    const { engine } = world;
    const more = ['ab', 'cd', 'ef'].map((one) => ({
      ...farChain,
      genesisHash: world.service.session!.genesisHash,
      chainId: one.repeat(32),
    }));
    expect(await world.methods.importBackupChains({ chains: more })).toEqual({ missing: [] });
    expect([engine.count('TrackChains'), engine.count('TrackChain')]).toEqual([1, 0]);
    expect(world.service.state().chains.map(({ chainId }) => chainId)).toEqual(
      expect.arrayContaining(more.map(({ chainId }) => chainId)),
    );
  });

  it('says what it could not take', async () => {
    const bad = { ...farChain, faucetUrl: 'http://far.example/' };
    const copy = { ...farChain, chainId: chainA };
    const { missing } = await world.methods.importBackupChains({ chains: [bad, farChain, copy] });
    expect(missing.map(({ chain }) => chain)).toEqual([bad, copy]);
    expect(missing[0]?.why).toMatchObject({ reason: 'FaucetAddress' });
  });
});

describe('while a network is asked', () => {
  const held = () => {
    let go!: () => void;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const { faucet } = world.service.outside;
    world.service.outside.faucet = (url) => ({
      genesisConfig: () => gate.then(() => faucet(url).genesisConfig()),
      claim: (owner) => gate.then(() => faucet(url).claim(owner)),
      chainOf: (owner) => faucet(url).chainOf(owner),
    });
    return go;
  };

  it('says which', async () => {
    const go = held();
    const params = { name: 'Second', faucetUrl: 'https://second.example/' };
    const adding = world.methods.addNetwork(params);
    expect(world.service.state().busyNetwork).toEqual({ name: 'Second', doing: 'adding' });
    go();
    const { id } = await adding;
    expect(world.service.state().busyNetwork).toBeNull();
    const switching = world.methods.switchNetwork({ id });
    expect(world.service.state().busyNetwork).toEqual({ name: 'Second', doing: 'switching' });
    await switching;
    expect(world.service.state().busyNetwork).toBeNull();
  });

  it('does not say that a switch is done when the network did not open', async () => {
    const { faucet } = world.service.outside;
    world.service.outside.faucet = (url) => ({
      ...faucet(url),
      genesisConfig: () => Promise.reject(new Error('The faucet could not be reached.')),
    });
    await expect(world.methods.switchNetwork({ id: 'testnet-conway' })).rejects.toThrow(
      'could not be reached',
    );
    expect(world.service.state()).toMatchObject({
      busyNetwork: null,
      network: { id: 'testnet-conway', status: 'failed' },
    });
  });

  it('a claim goes to the network that the person saw, or nowhere', async () => {
    const claim = { owner: alice, label: 'Everyday', networkId: 'testnet-conway' };
    await expect(world.methods.claimChain(claim)).rejects.toMatchObject({ code: 'Conflict' });
    await world.methods.forgetChain({ chainId: chainA });
    const { genesisHash } = world.service.session!;
    const go = held();
    const claiming = world.methods.claimChain({ ...claim, networkId: 'local' });
    await world.service.opening.close();
    go();
    expect(await claiming).toEqual({ chainId: chainA });
    expect(world.storage.get(`chains/${genesisHash}`)).toContainEqual(
      expect.objectContaining({ chainId: chainA, owner: alice, label: 'Everyday' }),
    );
    await world.service.opening.open();
    await world.settle();
    const found = world.service.state().chains.find(({ chainId }) => chainId === chainA);
    expect(found).toMatchObject({ label: 'Everyday', owner: alice });
    expect(world.service.state().network?.storeLost).toBe(false);
  });
});
