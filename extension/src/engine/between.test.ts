// What crosses something else: a start that fails, an opening that is overtaken, a wallet that is
// deleted while a faucet is asked, a site that is blocked on another network.
import { describe, expect, it } from 'vitest';
import { ClientError } from '@mica/bindings/client_host';
import { alice, chainA, FakeEngine, newDisk } from '../testing/fake_engine.ts';
import { connect, makeWorld, secondFaucet, site } from '../testing/world.ts';
import { WalletService } from './wallet_service.ts';

describe('a start', () => {
  it('whose storage cannot be read is tried again', async () => {
    const world = await makeWorld();
    const { outside } = world.service;
    await world.service.opening.close();
    let fails = 2;
    const load: typeof outside.load = async (key) => {
      if (key === 'settings' && (fails -= 1) >= 0) throw new Error('cannot be read');
      return outside.load(key);
    };
    const next = new WalletService({ ...outside, load }, 'test');
    const started = next.start();
    await world.settle(30_000);
    await started;
    expect(next.state().network?.status).toBe('ready');
  });

  it('needs no room on the disk', async () => {
    const world = await makeWorld();
    world.own.fails = true;
    const next = new WalletService(world.service.outside, 'test');
    await next.start();
    expect(next.state().network?.status).toBe('ready');
  });
});

describe('an opening that fails', () => {
  it('leaves no engine open, also when another was opened meanwhile', async () => {
    const world = await makeWorld();
    const { outside } = world.service;
    await world.service.opening.close();
    const made: { closed: boolean }[] = [];
    const openEngine: typeof outside.openEngine = async (_genesis, { onNews }) => {
      const engine = new FakeEngine(newDisk(), onNews);
      const its = { closed: false };
      made.push(its);
      const close = engine.close.bind(engine);
      engine.close = async () => {
        its.closed = true;
        return close();
      };
      if (made.length > 1) return engine;
      // The first one's answer comes when the second is open.
      engine.command = async () => {
        await next.opening.open();
        throw new ClientError('Internal', 'too late');
      };
      return engine;
    };
    const next = new WalletService({ ...outside, openEngine }, 'test');
    await next.start();
    await world.settle();
    expect(next.state().network?.status).toBe('ready');
    expect(made.map(({ closed }) => closed)).toEqual([true, false]);
  });
});

describe('a wallet that is deleted', () => {
  it('while the faucet is asked leaves no chain to the next one', async () => {
    const world = await makeWorld();
    world.unlock();
    const { outside } = world.service;
    const faucet = outside.faucet.bind(outside);
    let answer = (_chainId: string) => {};
    outside.faucet = (url) => ({
      ...faucet(url),
      claim: () => new Promise((resolve) => (answer = resolve)),
    });
    const claimed = world.methods.claimChain({ owner: alice }).catch((error: unknown) => error);
    await world.settle();
    world.erase();
    await world.settle();
    world.vault({ wallet: 'second' });
    await world.settle();
    answer(chainA);
    expect(await claimed).toMatchObject({ code: 'Conflict' });
    const books = [...world.storage].filter(([key]) => key.startsWith('chains/'));
    expect(JSON.stringify(books)).not.toContain(chainA);
  });
});

describe('the networks', () => {
  it('are said to be for trying, where that is known', async () => {
    const world = await makeWorld();
    const params = { name: 'Second', faucetUrl: secondFaucet };
    const { id } = await world.methods.addNetwork(params);
    const { networks, network } = world.service.state();
    expect(network).toMatchObject({ testMoney: true });
    expect(networks.find(({ id }) => id === 'testnet-conway')).toMatchObject({ testMoney: true });
    expect(networks.find((one) => one.id === id)).toMatchObject({ testMoney: false });
  });
});

describe('a site that was blocked and is not any more', () => {
  it('comes back connected on no other network', async () => {
    const world = await makeWorld();
    world.unlock();
    await connect(world);
    expect(world.service.state().sites).toHaveLength(1);
    await world.settle(1000);
    const { id } = await world.methods.addNetwork({ name: 'Second', faucetUrl: secondFaucet });
    await world.methods.switchNetwork({ id });
    await world.methods.blockSite({ origin: site.origin });
    await world.methods.unblockSite({ origin: site.origin });
    const next = await makeWorld(world.disk, world.storage, [], world.clock.time);
    next.unlock();
    await next.methods.switchNetwork({ id: 'local' });
    await next.settle();
    expect(next.service.state().sites).toEqual([]);
    // Connected anew it stays.
    await connect(next);
    const last = await makeWorld(next.disk, next.storage, [], next.clock.time);
    expect(last.service.state().sites).toHaveLength(1);
  });
});
