import { beforeEach, describe, expect, it } from 'vitest';
import { alice, chainA, chainB, nowhere, token } from '../testing/fake_engine.ts';
import { connect, makeWorld, site, type World } from '../testing/world.ts';
import { WalletService } from './wallet_service.ts';
import { toAmount } from '@mica/bindings/scalars';

const bob = `0x${'22'.repeat(20)}`;
const account = (owner: string) => ({
  owner,
  label: 'Account 1',
  scheme: 'EvmSecp256k1' as const,
  index: 0,
});
const erased = { status: 'empty' as const, accounts: [], wallet: null };
const bobs = { wallet: 'second', accounts: [account(bob)] };

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
  await world.methods.labelChain({ chainId: chainA, label: 'Savings' });
  await world.methods.trackChain({ chainId: nowhere.replace('c', 'd'), owner: null });
  world.service.pages.attach(site);
  await connect(world);
  await world.settle();
});

const chains = () => world.service.state().chains;
const books = () => [...world.storage].filter(([key, value]) => key.startsWith('chains/') && value);

describe('when the wallet is erased', () => {
  it('nothing of it stays: books, sites, requests, chains', async () => {
    world.vault(erased);
    await world.settle();
    expect(world.service.state()).toMatchObject({ chains: [], sites: [], approvals: [] });
    expect(world.disk.records.size).toBe(0);
    expect(books()).toEqual([]);
    world.vault(bobs);
    await world.settle();
    expect(world.service.state()).toMatchObject({ chains: [], sites: [] });
    expect(await world.ask('linera_accounts')).toEqual([]);
  });

  it('what pages asked ends, and is forgotten with the sites that were blocked', async () => {
    const order = { recipient: chainB, amount: '1.5' };
    const asked = world.ask('linera_transfer', order, 'pay');
    await world.methods.blockSite({ origin: 'https://spam.example' });
    await world.settle();
    world.vault(bobs);
    await expect(asked).rejects.toMatchObject({
      data: { reason: 'WalletRemoved', money: 'Untouched' },
    });
    await world.settle();
    expect(world.storage.get('requests')).toEqual([]);
    expect(world.storage.get('blocked')).toEqual([]);
    expect(world.service.state()).toMatchObject({ approvals: [], blockedSites: [] });
  });

  it('forgets what pages asked also when the vault speaks before it was read', async () => {
    void world.ask('linera_transfer', { recipient: chainB, amount: '1.5' }, 'pay');
    await world.methods.blockSite({ origin: 'https://spam.example' });
    await world.settle();
    await world.service.session!.engine.close();
    const { outside } = world.service;
    const { load } = outside;
    let read!: () => void;
    const held = new Promise<void>((resolve) => (read = resolve));
    outside.load = async <T>(key: string) => {
      const value = await load<T>(key);
      if (key === 'requests') await held;
      return value;
    };
    const next = new WalletService(outside, 'test');
    void next.start();
    await world.settle();
    next.vaultChanged({
      ...next.state().vault,
      status: 'empty',
      wallet: null,
      keepFollowed: false,
    });
    await world.settle();
    read();
    await world.settle(5000);
    expect(next.stored.requests.listOpen()).toEqual([]);
    expect(next.state().blockedSites).toEqual([]);
    expect(world.storage.get('requests')).toEqual([]);
  });

  it('tries again while what pages asked cannot be deleted', async () => {
    void world.ask('linera_transfer', { recipient: chainB, amount: '1.5' }, 'pay');
    await world.settle();
    world.own.fails = true;
    world.vault(erased);
    await world.settle();
    expect(world.storage.get('wallet')).toBe('first');
    world.own.fails = false;
    await world.settle(10_000);
    expect(world.storage.get('requests')).toEqual([]);
    expect(world.storage.get('wallet')).toBe('none');
  });

  it('keeps what was only followed, when asked, and tells no loss', async () => {
    world.vault({ ...erased, keepFollowed: true });
    await world.settle();
    expect(chains()).toMatchObject([{ chainId: nowhere.replace('c', 'd'), owner: null }]);
    expect(chains()[0]?.isDefault).toBe(false);
    expect(world.service.state().network?.storeLost).toBe(false);
    expect(world.service.state().sites).toEqual([]);
    world.vault(bobs);
    await world.settle();
    expect(chains()).toHaveLength(1);
  });

  it('does so also when it hears of it after another wallet was made', async () => {
    world.vault(bobs);
    await world.settle();
    expect(chains()).toEqual([]);
  });

  it('tries again while a store is still open, for the wallet of then', async () => {
    const deleteStores = world.service.outside.deleteStores;
    world.service.outside.deleteStores = () => Promise.reject(new Error('busy'));
    world.vault(erased);
    await world.settle();
    world.vault(bobs);
    await world.settle();
    expect(world.service.session).toBeNull();
    world.service.outside.deleteStores = deleteStores;
    await world.settle(10_000);
    expect(world.service.session).not.toBeNull();
    await world.methods.claimChain({ owner: bob });
    await world.settle(10_000);
    expect(chains()).toMatchObject([{ chainId: chainA, owner: bob, isDefault: true }]);
  });

  it('keeps everything while the same wallet locks, unlocks and starts again', async () => {
    world.lock();
    world.unlock();
    await world.settle();
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    await next.settle();
    expect(next.service.state().chains).toHaveLength(3);
    expect(next.service.state().sites).toHaveLength(1);
  });
});

describe('a chain whose owner is not in the vault', () => {
  it('is followed: no default, no sending, no receiving, and no owner for sites', async () => {
    world.vault({ accounts: [account(bob)] });
    await world.settle();
    expect(chains().map(({ owner, isDefault }) => [owner, isDefault])).toEqual(
      chains().map(() => [null, false]),
    );
    const order = { chainId: chainA, recipient: chainB, amount: token };
    await expect(world.methods.prepareTransfer(order)).rejects.toMatchObject({ code: 'NotOwner' });
    const before = world.engine.count('ReceiveIncoming');
    world.engine.changed({
      ...world.disk.chains.get(chainA)!,
      incoming: [{ action: 'Accept' } as never],
      incoming_amount: toAmount(token),
    });
    await world.settle(60_000);
    expect(world.engine.count('ReceiveIncoming')).toBe(before);
    expect(await world.ask('linera_accounts')).toEqual([chainA]);
    const told = world.toPage.filter(({ message }) => message.event === 'accountsChanged');
    expect(told.at(-1)).toMatchObject({
      documentId: site.documentId,
      message: { value: [chainA] },
    });
  });

  it('may be looked at, when it is only followed and was chosen', async () => {
    const followed = nowhere.replace('c', 'd');
    await world.methods.setDefaultChain({ chainId: followed });
    await world.settle();
    const home = chains().find(({ isDefault }) => isDefault);
    expect(home).toMatchObject({ chainId: followed, owner: null });
  });

  it('is owned again when its account comes back', async () => {
    world.vault({ accounts: [account(bob)] });
    await world.settle();
    world.vault({ accounts: [account(bob), account(alice)] });
    await world.settle();
    expect(chains().find(({ chainId }) => chainId === chainA)).toMatchObject({
      owner: alice,
      isDefault: true,
    });
  });

  it('is so also when a backup of another wallet brings it', async () => {
    const { session } = world.service;
    await world.methods.importBackupChains({
      chains: [
        {
          networkName: 'Local network',
          genesisHash: session!.genesisHash,
          faucetUrl: 'http://127.0.0.1:8080/',
          chainId: 'e'.repeat(64),
          owner: bob,
          label: 'Not mine',
        },
      ],
    });
    await world.settle();
    const found = chains().find(({ label }) => label === 'Not mine');
    expect(found).toMatchObject({ owner: null, isDefault: false });
  });
});
