import { beforeEach, describe, expect, it } from 'vitest';
import { alice, chainA, chainB, nowhere, token } from '../testing/fake_engine.ts';
import { connect, makeWorld, type World } from '../testing/world.ts';
import { toTimestamp } from '@mica/bindings/scalars';

const OTHER = '99'.repeat(32);
const mirrored = 'e'.repeat(64);

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
  await world.settle();
});

describe('a chain id that the wallet knows from another network', () => {
  beforeEach(async () => {
    world.storage.set(`chains/${OTHER}`, [{ chainId: mirrored, owner: alice, label: 'Mine' }]);
    const other = { id: 'real', name: 'The real one', faucetUrl: 'https://real.example/' };
    await world.service.stored.networks.add({ ...other, genesisHash: OTHER, genesisJson: null });
  });

  it('is not followed, and the person is told which and why', async () => {
    for (const owner of [alice, null]) {
      await expect(world.methods.trackChain({ chainId: mirrored, owner })).rejects.toMatchObject({
        code: 'Conflict',
        message: expect.stringContaining('The real one'),
      });
    }
    const copy = { networkName: '', faucetUrl: '', chainId: mirrored, owner: alice, label: '' };
    const { genesisHash } = world.service.session!;
    const { missing } = await world.methods.importBackupChains({
      chains: [{ ...copy, genesisHash }],
    });
    const why = { reason: 'ChainElsewhere', params: { network: 'The real one' } };
    expect(missing).toMatchObject([{ why }]);
    expect(world.service.session!.chains.has(mirrored)).toBe(false);
  });

  it('is followed again once that network was removed', async () => {
    await world.methods.removeNetwork({ id: 'real' });
    await world.methods.trackChain({ chainId: mirrored, owner: alice });
    expect(world.service.session!.chains.has(mirrored)).toBe(true);
  });
});

describe('a yes to a block', () => {
  const prepare = async () => {
    const order = { chainId: chainA, recipient: chainB, amount: token };
    const { approvalId: id } = await world.methods.prepareTransfer(order);
    await world.settle();
    const approval = await world.methods.getApproval({ id });
    if (approval.kind !== 'block') throw new Error(approval.kind);
    return approval;
  };

  it('is refused, loudly, where another network has that chain too', async () => {
    const { id, revision, block } = await prepare();
    world.storage.set(`chains/${OTHER}`, [{ chainId: chainA, owner: alice, label: 'Mine' }]);
    const other = { id: 'real', name: 'The real one', faucetUrl: 'https://real.example/' };
    await world.service.stored.networks.add({ ...other, genesisHash: OTHER, genesisJson: null });
    await expect(world.methods.confirmBlock({ id, revision })).rejects.toMatchObject({
      code: 'Conflict',
      message: expect.stringContaining('The real one'),
      failure: { money: 'Untouched' },
    });
    expect(world.engine.count('CommitDraft')).toBe(0);
    expect(world.withdrawn).toEqual([block]);
  });

  it('ends when it is rejected', async () => {
    const { id, block, network } = await prepare();
    expect(network).toBe(world.service.session!.genesisHash);
    await world.methods.reject({ id });
    await world.settle();
    expect(world.withdrawn).toEqual([block]);
  });

  it('ends when the commit failed, unless the block may be on its way', async () => {
    const { id, block, revision } = await prepare();
    world.engine.failNext.set('CommitDraft', 'NoQuorum');
    await expect(world.methods.confirmBlock({ id, revision })).rejects.toThrow();
    expect(world.withdrawn).toEqual([block]);
    await world.methods.reject({ id });
    world.withdrawn.length = 0;
    const second = await prepare();
    world.engine.failNext.set('CommitDraft', 'OutcomeUnknown');
    await expect(
      world.methods.confirmBlock({ id: second.id, revision: second.revision }),
    ).rejects.toThrow();
    await world.settle();
    expect(world.withdrawn).toEqual([]);
  });

  it('ends when another block is shown in its place', async () => {
    const { id, block, effects } = await prepare();
    expect(effects).not.toBeNull();
    const { blocks } = world.service.session!;
    const prepared = world.engine.lastEffects!;
    blocks.draftChanged(1n, {
      ...prepared,
      block: { ...prepared.block, timestamp: toTimestamp(5n) },
    });
    expect(world.withdrawn).toEqual([block]);
    const now = await world.methods.getApproval({ id });
    expect(now).toMatchObject({ revision: 2 });
  });

  it("ends with a page's request", async () => {
    await connect(world);
    world.ask('linera_transfer', { recipient: nowhere, amount: '1' }).catch(() => undefined);
    await world.settle();
    const { id } = world.service.state().approvals[0]!;
    const approval = await world.methods.getApproval({ id });
    await world.methods.reject({ id });
    await world.settle();
    expect(world.withdrawn).toEqual([approval.kind === 'block' && approval.block]);
  });
});
