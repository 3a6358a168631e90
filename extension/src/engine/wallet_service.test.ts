import { beforeEach, describe, expect, it } from 'vitest';
import { SILENT_STREAM_MS } from '@mica/bindings/limits';
import { toAmount, toBlockHeight } from '@mica/bindings/scalars';
import type { IncomingBundle } from '@mica/bindings/types';
import { alice, chainA, chainB, newDisk, token } from '../testing/fake_engine.ts';
import { makeWorld, type World } from '../testing/world.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});

const bundle = { action: 'Accept' } as IncomingBundle;
function comeIn(amount: bigint): void {
  const chain = world.disk.chains.get(chainA)!;
  world.engine.changed({
    ...chain,
    incoming: [bundle],
    incoming_count: 1,
    incoming_amount: toAmount(amount),
  });
}

describe('a minute', () => {
  it('opens streams anew that were silent for long, and all of them after a sleep', () => {
    world.service.tick();
    world.clock.time += 60_000;
    world.service.tick();
    expect(world.engine.replaced).toEqual([SILENT_STREAM_MS, SILENT_STREAM_MS]);
    world.clock.time += 3_600_000;
    world.service.tick();
    expect(world.engine.replaced.at(-1)).toBe(0);
    world.clock.time += 60_000;
    world.service.tick();
    expect(world.engine.replaced.at(-1)).toBe(SILENT_STREAM_MS);
  });
});

describe('receiving', () => {
  it('needs no window when unlocked', async () => {
    world.unlock();
    comeIn(2n * token);
    await world.settle();
    expect(world.engine.count('ReceiveIncoming')).toBe(1);
    expect(world.service.state().chains.find(({ chainId }) => chainId === chainA)).toMatchObject({
      chainBalance: 12n * token,
      incomingAmount: 0n,
    });
  });

  it('brings a chain that only lags an epoch to the newest one, unless switched off', async () => {
    world.unlock();
    await world.methods.setSettings({ autoReceive: false });
    world.engine.changed({ ...world.disk.chains.get(chainA)!, epoch_changes: 2 });
    await world.settle(120_000);
    expect(world.engine.count('ReceiveIncoming')).toBe(0);
    await world.methods.setSettings({ autoReceive: true });
    await world.settle();
    expect(world.engine.count('ReceiveIncoming')).toBe(1);
    expect(world.service.state().chains[0]).toMatchObject({ epochChanges: 0, failure: null });
  });

  it('waits for the unlocking', async () => {
    comeIn(token);
    await world.settle(120_000);
    expect(world.engine.count('ReceiveIncoming')).toBe(0);
    expect(world.service.state().chains[0]?.incomingAmount).toBe(token);
    world.unlock();
    await world.settle();
    expect(world.engine.count('ReceiveIncoming')).toBe(1);
  });

  it('can be switched off, and asked for by hand', async () => {
    world.unlock();
    await world.methods.setSettings({ autoReceive: false });
    comeIn(token);
    await world.settle(120_000);
    expect(world.engine.count('ReceiveIncoming')).toBe(0);
    await world.methods.receive({ chainId: chainA });
    expect(world.engine.count('ReceiveIncoming')).toBe(1);
  });

  it('leaves a chain alone while an approval on it is open', async () => {
    world.unlock();
    const { approvalId } = await world.methods.prepareTransfer({
      chainId: chainA,
      recipient: chainB,
      amount: token,
    });
    await world.settle();
    comeIn(token);
    await world.settle(60_000);
    expect(world.engine.count('ReceiveIncoming')).toBe(0);
    await world.methods.reject({ id: approvalId });
    await world.settle();
    expect(world.engine.count('ReceiveIncoming')).toBe(1);
  });

  it('is not held up by an estimate, which makes no approval and no draft', async () => {
    world.unlock();
    const asked = { chainId: chainA, recipient: chainB, amount: token };
    world.engine.effectsNext = { fees: toAmount(7n) };
    expect(await world.methods.estimateTransfer(asked)).toEqual({ fees: 7n });
    expect(world.engine.commands.at(-1)).toMatchObject({
      $: 'Estimate',
      operations: [{ value: { $: 'Transfer', amount: token } }],
      blobs: [],
    });
    expect(world.service.state().approvals).toEqual([]);
    expect(world.engine.count('PrepareBlock')).toBe(0);
    comeIn(token);
    await world.settle();
    expect(world.engine.count('ReceiveIncoming')).toBe(1);
    await expect(
      world.methods.estimateTransfer({ ...asked, recipient: 'x' }),
    ).rejects.toMatchObject({ code: 'InvalidInput' });
  });

  it('tries again after a failure, more and more slowly', async () => {
    world.unlock();
    world.engine.failNext.set('ReceiveIncoming', 'NoQuorum');
    comeIn(token);
    await world.settle(100);
    expect(world.service.state().chains.some(({ failure }) => failure?.code === 'NoQuorum')).toBe(
      true,
    );
    await world.settle(5000);
    expect(world.engine.count('ReceiveIncoming')).toBe(2);
    expect(world.service.state().chains.every(({ failure }) => failure === null)).toBe(true);
  });

  it('does not try for ever what costs more than the cap', async () => {
    world.unlock();
    world.engine.failNext.set('ReceiveIncoming', 'ExecutionFailed');
    comeIn(token);
    await world.settle(600_000);
    expect(world.engine.count('ReceiveIncoming')).toBe(1);
  });
});

describe('the wallet', () => {
  it("keeps its own transfer's failure for its window", async () => {
    world.unlock();
    const { approvalId: id } = await world.methods.prepareTransfer({
      chainId: chainA,
      recipient: chainB,
      amount: 99n * token,
    });
    await world.settle();
    const one = await world.methods.getApproval({ id });
    expect(one).toMatchObject({ status: 'failed', failure: { code: 'InsufficientBalance' } });
    await world.methods.reject({ id });
    expect(world.service.state().approvals).toEqual([]);
  });

  it('goes on with a block that was signed before a restart', async () => {
    const chain = world.disk.chains.get(chainA)!;
    world.disk.chains.set(chainA, { ...chain, pending_height: toBlockHeight(0n) });
    const next = await makeWorld(world.disk, world.storage);
    expect(next.engine.count('RetryPending')).toBe(0);
    next.unlock();
    await next.settle();
    expect(next.engine.count('RetryPending')).toBeGreaterThan(0);
  });

  it('remembers labels, sites and settings across a restart', async () => {
    world.unlock();
    await world.methods.claimChain({ owner: alice, label: 'Savings' });
    await world.methods.setSiteChains({ origin: 'https://shop.example', chainIds: [chainA] });
    await world.methods.setSettings({ theme: 'dark', language: 'de', receiveFeeCap: 5n });
    const next = await makeWorld(world.disk, world.storage);
    const state = next.service.state();
    expect(state.chains.find(({ chainId }) => chainId === chainA)?.label).toBe('Savings');
    expect(state.sites).toMatchObject([{ origin: 'https://shop.example', chainIds: [chainA] }]);
    expect(state.settings).toMatchObject({ theme: 'dark', language: 'de', receiveFeeCap: 5n });
  });

  it('speaks like the browser until told otherwise, and nothing unknown', async () => {
    expect(world.service.state().settings.language).toBe('browser');
    const klingon = 'tlh' as 'de';
    const refused = async () => world.methods.setSettings({ language: klingon });
    await expect(refused()).rejects.toMatchObject({ code: 'InvalidInput' });
    const { receiveFeeCap, ...others } = world.service.state().settings;
    const stored = { ...others, language: klingon, receiveFeeCap: `${receiveFeeCap}` };
    const next = await makeWorld(world.disk, new Map([['settings', stored]]));
    expect(next.service.state().settings.language).toBe('browser');
  });

  it('says that a network was reset and mixes nothing', async () => {
    await world.settle();
    const storage = world.storage;
    const next = await makeWorld(world.disk, storage);
    expect(next.service.state().network?.status).toBe('ready');
    next.genesis.text = '{"network_name":"another"}';
    await next.service.opening.close();
    await next.service.opening.open();
    await next.settle();
    expect(next.service.state().network).toMatchObject({
      status: 'reset',
      failure: { code: 'NetworkReset' },
    });
    await next.methods.acceptReset({});
    await next.settle();
    expect(next.service.state().network?.status).toBe('ready');
  });

  it('knows its network however the genesis is written', async () => {
    world.genesis.text = '{ "network_name": "test" }';
    await world.service.opening.close();
    await world.service.opening.open();
    await world.settle();
    expect(world.service.state().network?.status).toBe('ready');
  });

  it('names a damaged store, and fetches everything again when asked', async () => {
    world.unlock();
    await world.service.opening.close();
    world.disk.corrupt = true;
    world.disk.chains.clear();
    await world.service.opening.open();
    await world.settle(600_000);
    expect(world.service.state().network).toMatchObject({
      status: 'failed',
      failure: { code: 'StorageCorrupt' },
    });
    await expect(world.methods.listBackupChains({})).rejects.toMatchObject({
      code: 'StorageCorrupt',
    });
    expect(await world.methods.repairStore({})).toEqual({ chainIds: [chainA, chainB] });
    expect(world.service.state()).toMatchObject({
      network: { status: 'ready', failure: null, storeLost: true },
      chains: [
        { chainId: chainA, owner: alice },
        { chainId: chainB, owner: alice },
      ],
    });
  });

  it('asks the faucet when a damaged store is all it had', async () => {
    const next = await makeWorld(newDisk(), new Map(), []);
    next.unlock();
    await next.service.opening.close();
    next.disk.corrupt = true;
    await next.service.opening.open();
    expect(await next.methods.repairStore({})).toEqual({ chainIds: [chainA] });
  });

  it('follows its chains again when the browser lost the store, and says so', async () => {
    world.unlock();
    await world.methods.labelChain({ chainId: chainB, label: 'Savings' });
    const lost = await makeWorld(newDisk(), world.storage, []);
    const state = lost.service.state();
    expect(state.network).toMatchObject({ status: 'ready', storeLost: true });
    expect(state.chains).toMatchObject([
      { chainId: chainA, owner: alice, isDefault: true },
      { chainId: chainB, owner: alice, label: 'Savings' },
    ]);
    expect(lost.notices).toEqual(['storeLost']);
    await lost.methods.dismissStoreLost({});
    expect(lost.service.state().network?.storeLost).toBe(false);
    const later = await makeWorld(lost.disk, lost.storage);
    expect(later.service.state().network?.storeLost).toBe(false);
  });

  it('does not fetch again what was forgotten', async () => {
    await world.methods.forgetChain({ chainId: chainB });
    const lost = await makeWorld(newDisk(), world.storage, []);
    expect(lost.service.state().chains).toMatchObject([{ chainId: chainA }]);
  });

  it('makes no transfer from a closed chain', async () => {
    world.unlock();
    world.engine.changed({ ...world.disk.chains.get(chainA)!, closed: true });
    const order = { chainId: chainA, recipient: chainB, amount: token };
    await expect(world.methods.prepareTransfer(order)).rejects.toMatchObject({
      code: 'ExecutionFailed',
    });
  });

  it('says when the clock is wrong, but not when it is right enough', () => {
    world.engine.clockAheadMs = 20_000;
    expect(world.service.state().network?.clockAheadMs).toBeNull();
    world.engine.clockAheadMs = -7_200_000;
    expect(world.service.state().network?.clockAheadMs).toBe(-7_200_000);
  });

  it('tells what is wrong with an address', async () => {
    expect(await world.methods.checkRecipient({ text: alice })).toMatchObject({
      recipient: null,
      problem: 'owner',
    });
    expect(await world.methods.checkRecipient({ text: `${alice}@${chainB}` })).toEqual({
      recipient: { owner: alice, chainId: chainB },
      problem: null,
      exists: true,
      own: true,
    });
  });
});
