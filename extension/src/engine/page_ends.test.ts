// Every request of a page ends in one true answer, whatever happens to network, site and wallet.
import { beforeEach, describe, expect, it } from 'vitest';
import { ClientError } from '@mica/bindings/client_host';
import { alice, chainA, chainB, token } from '../testing/fake_engine.ts';
import {
  connect,
  makeWorld,
  order,
  secondFaucet,
  shownBlock,
  site,
  type World,
} from '../testing/world.ts';
import { toError } from './page_answers.ts';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
  await connect(world);
});

const approvals = () => world.service.state().approvals;
const stored = (id: string) => world.ask('linera_getRequest', { id });
const signIn = `shop.example wants you to sign in with your Linera account:\n${alice}\n\n`;

const shown = (of = world) => shownBlock(of);
async function openTransfer(id: string) {
  const result = world.ask('linera_transfer', order(), id);
  await world.settle();
  return { result, ...(await shown()) };
}
async function pay(id: string): Promise<unknown> {
  const { result, id: approvalId, revision } = await openTransfer(id);
  await world.methods.confirmBlock({ id: approvalId, revision });
  return result;
}
/** The first network's id is 'local'. */
async function switchNetwork(to: 'second' | 'local'): Promise<void> {
  const there = world.service.stored.networks.list.find(
    ({ faucetUrl }) => faucetUrl === secondFaucet,
  );
  const { id } =
    there ?? (await world.methods.addNetwork({ name: 'Second', faucetUrl: secondFaucet }));
  await world.methods.switchNetwork({ id: to === 'local' ? 'local' : id });
  await world.settle();
}

describe('when another network is chosen', () => {
  const switched = { code: 4900, data: { reason: 'NetworkSwitched', money: 'Untouched' } };

  it('ends for good what nobody approved, and says so on every network', async () => {
    const { result, id, revision } = await openTransfer('pay');
    const signed = world.ask('linera_signMessage', { message: signIn }, 'sign');
    const told: string[] = [];
    world.service.windows.attach((name, value) => {
      if (name === 'approval') told.push((value as { id: string }).id);
    });
    await switchNetwork('second');
    await expect(result).rejects.toMatchObject(switched);
    await expect(signed).rejects.toMatchObject(switched);
    expect(await stored('pay')).toMatchObject({ status: 'failed', error: switched });
    expect(world.withdrawn).toHaveLength(1);
    // The window that shows it hears that it is over, and why.
    expect(told).toContain(id);
    await expect(world.methods.getApproval({ id })).rejects.toMatchObject({
      failure: { code: 'NotFound', reason: 'NetworkSwitched' },
    });
    await expect(world.methods.confirmBlock({ id, revision })).rejects.toThrow();
    await switchNetwork('local');
    expect(approvals()).toEqual([]);
    expect(await stored('pay')).toMatchObject({ status: 'failed', error: switched });
    await expect(world.methods.confirmBlock({ id, revision })).rejects.toThrow();
    expect(world.engine.count('CommitDraft')).toBe(0);
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    await next.settle();
    expect(next.service.state().approvals).toEqual([]);
  });

  it('ends what was asked while no network could be opened', async () => {
    const { result } = await openTransfer('pay');
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    await next.service.switchTo('testnet-conway');
    await next.settle();
    expect(next.service.stored.requests.get(site.origin, 'pay')).toMatchObject({
      status: 'failed',
    });
    void result.catch(() => undefined);
  });

  it('goes on with what was signed, and says that its outcome is unknown', async () => {
    world.engine.holdCommits = true;
    const { result, id, revision } = await openTransfer('pay');
    const confirmed = world.methods.confirmBlock({ id, revision }).catch((e: unknown) => e);
    await world.settle();
    await switchNetwork('second');
    const unknown = { data: { reason: 'OutcomeUnknown', money: 'Unknown', requestId: 'pay' } };
    await expect(result).rejects.toMatchObject(unknown);
    expect(await confirmed).toMatchObject({ failure: { money: 'Unknown' } });
    expect(await stored('pay')).toMatchObject({ status: 'unknown' });
    await expect(world.ask('linera_transfer', order(), 'pay')).rejects.toMatchObject(unknown);
    // The engine of the first network had not got as far as to send it.
    await switchNetwork('local');
    expect(await stored('pay')).toMatchObject({
      error: { data: { reason: 'NotSent', money: 'Untouched' } },
    });
  });

  it('knows by its id what was paid on another network, and does not pay it again', async () => {
    const paid = await pay('order-1');
    await switchNetwork('second');
    expect(await world.ask('linera_transfer', order(), 'order-1')).toEqual(paid);
    expect(await stored('order-1')).toMatchObject({ status: 'done', result: paid });
    expect(approvals()).toEqual([]);
  });
});

describe('what else ends what waits', () => {
  it('is the wallet being deleted', async () => {
    const paid = await pay('old');
    const { result } = await openTransfer('pay');
    world.erase();
    const removed = { code: 4100, data: { reason: 'WalletRemoved', money: 'Untouched' } };
    await expect(result).rejects.toMatchObject(removed);
    await world.settle();
    expect(approvals()).toEqual([]);
    for (const id of ['pay', 'old']) {
      await expect(stored(id)).rejects.toMatchObject({ data: { reason: 'UnknownRequest' } });
    }
    expect(paid).toHaveProperty('blockHash');
    expect(world.storage.get('requests')).toEqual([]);
  });

  it('is an update of the extension, for what was asked before it', async () => {
    await openTransfer('pay');
    const next = await makeWorld(world.disk, world.storage);
    next.unlock();
    void next.ask('linera_transfer', order(), 'after');
    await next.settle();
    await next.service.updated();
    await next.settle();
    const status = (id: string) => next.service.stored.requests.get(site.origin, id);
    expect(status('pay')).toMatchObject({
      status: 'failed',
      error: { data: { reason: 'WalletUpdated', money: 'Untouched' } },
    });
    expect(status('after')).toMatchObject({ status: 'waiting' });
    expect(next.service.state().approvals).toHaveLength(1);
  });

  it('is no loss of the store: of what was signed nothing is claimed', async () => {
    world.engine.holdCommits = true;
    const { id, revision } = await openTransfer('pay');
    void world.methods.confirmBlock({ id, revision }).catch(() => undefined);
    await world.settle();
    const lost = new Map(world.storage);
    world.disk.chains.clear();
    world.disk.records.clear();
    const next = await makeWorld(world.disk, lost, []);
    next.unlock();
    await next.settle();
    const get = (from: World) => from.service.stored.requests.get(site.origin, 'pay');
    expect(get(next)).toMatchObject({ status: 'unknown' });
    const again = await makeWorld(next.disk, lost, []);
    await again.settle();
    expect(get(again)).toMatchObject({ status: 'unknown' });
  });
});

describe('two windows with the same request', () => {
  it('get the same result when both say yes', async () => {
    const { result, id, revision } = await openTransfer('pay');
    world.engine.holdCommits = true;
    const first = world.methods.confirmBlock({ id, revision });
    const second = world.methods.confirmBlock({ id, revision });
    await world.settle();
    world.engine.release?.();
    expect(await second).toEqual(await first);
    expect(await world.methods.confirmBlock({ id, revision })).toEqual(await first);
    await result;
    expect(world.engine.count('CommitDraft')).toBe(1);
  });

  it('cannot take back what the other one signed', async () => {
    const { id, revision } = await openTransfer('pay');
    world.engine.holdCommits = true;
    const confirmed = world.methods.confirmBlock({ id, revision });
    await world.settle();
    await expect(world.methods.reject({ id })).rejects.toMatchObject({
      failure: { code: 'Busy', money: 'Unknown' },
    });
    world.engine.release?.();
    await confirmed;
    const late = await world.methods.reject({ id }).catch((error: unknown) => error);
    expect(late).toMatchObject({ failure: { code: 'Busy' } });
    expect(late).not.toMatchObject({ failure: { money: 'Untouched' } });
  });
});

describe('nothing is said of the money where it is not known', () => {
  it('by a commit that failed without a word about it', async () => {
    const { result, id, revision } = await openTransfer('pay');
    const { command } = world.engine;
    world.engine.command = async (one) => {
      if (one.$ === 'CommitDraft') throw new Error('a bug');
      return command.call(world.engine, one);
    };
    const failure = { code: 'Internal', money: 'Unknown' };
    await expect(world.methods.confirmBlock({ id, revision })).rejects.toMatchObject({
      failure,
    });
    await expect(result).rejects.toMatchObject({ data: { reason: 'OutcomeUnknown' } });
    expect(await stored('pay')).toMatchObject({ status: 'unknown' });
  });

  it('by what has nothing to do with money, or is asked without a network', async () => {
    const failures = [
      world.methods.addNetwork({ name: '', faucetUrl: 'ftp://x' }),
      world.methods.getApproval({ id: 'none' }),
      world.service.opening
        .close()
        .then(() => world.methods.confirmBlock({ id: 'x', revision: 1 })),
    ];
    for (const one of await Promise.allSettled(failures)) {
      expect((one as PromiseRejectedResult).reason).not.toHaveProperty('failure.money');
    }
  });
});

describe('an old id', () => {
  it('answers nothing once the site was disconnected, until it is connected', async () => {
    const paid = await pay('order-1');
    await world.methods.revokeSite({ origin: site.origin });
    const no = { code: 4100, data: { reason: 'NotConnected' } };
    await expect(world.ask('linera_transfer', order(), 'order-1')).rejects.toMatchObject(no);
    await expect(stored('order-1')).rejects.toMatchObject(no);
    await switchNetwork('second');
    await expect(stored('order-1')).rejects.toMatchObject(no);
    await switchNetwork('local');
    await world.methods.setSiteChains({ origin: site.origin, chainIds: [chainB] });
    await expect(stored('order-1')).rejects.toMatchObject(no);
    await world.methods.setSiteChains({ origin: site.origin, chainIds: [chainA] });
    expect(await world.ask('linera_transfer', order(), 'order-1')).toEqual(paid);
  });

  it('answers nothing private while the wallet is locked', async () => {
    await pay('order-1');
    world.lock();
    const no = { code: 4100, data: { reason: 'Locked' } };
    await expect(world.ask('linera_transfer', order(), 'order-1')).rejects.toMatchObject(no);
    await expect(stored('order-1')).rejects.toMatchObject(no);
  });

  it('gives no accounts of a connection that was ended', async () => {
    expect(await world.ask('linera_requestAccounts', undefined, 'again')).toHaveLength(1);
    await world.ask('linera_disconnect');
    void world.ask('linera_requestAccounts', undefined, 'again').catch(() => undefined);
    await world.settle();
    expect(approvals()).toMatchObject([{ kind: 'connect' }]);
  });

  it('may be asked again after a no or a failure, with a new window', async () => {
    const first = await openTransfer('order-1');
    await world.methods.reject({ id: first.id });
    await expect(first.result).rejects.toMatchObject({ code: 4001 });
    expect(await stored('order-1')).toMatchObject({ status: 'failed', error: { code: 4001 } });
    const again = world.ask('linera_transfer', order({ amount: '2' }), 'order-1');
    await world.settle();
    const { id, revision, operations } = await shown();
    expect(operations).toMatchObject([{ operation: { amount: 2n * token } }]);
    await world.methods.confirmBlock({ id, revision });
    expect(await again).toMatchObject({ chainId: chainA });
    const other = world.ask('linera_transfer', order(), 'order-1');
    await expect(other).rejects.toMatchObject({ data: { reason: 'RequestIdTaken' } });
  });
});

describe('a site that is disconnected', () => {
  const no = { code: 4100, data: { reason: 'NotConnected', money: 'Untouched' } };

  it('loses what it waits for', async () => {
    const { result } = await openTransfer('pay');
    const signed = world.ask('linera_signMessage', { message: signIn });
    await world.settle();
    await world.methods.revokeSite({ origin: site.origin });
    await expect(result).rejects.toMatchObject(no);
    await expect(signed).rejects.toMatchObject(no);
    await world.settle();
    expect(approvals()).toEqual([]);
    expect(world.engine.count('DropDraft')).toBe(1);
  });

  it('from one chain, or from one that was forgotten, loses what it asked of it', async () => {
    await world.methods.setSiteChains({ origin: site.origin, chainIds: [chainA, chainB] });
    const fromA = world.ask('linera_transfer', order({ chainId: chainA }));
    const fromB = world.ask('linera_transfer', { ...order(), recipient: chainA, chainId: chainB });
    await world.settle();
    await world.methods.setSiteChains({ origin: site.origin, chainIds: [chainB] });
    await expect(fromA).rejects.toMatchObject(no);
    expect(approvals()).toHaveLength(1);
    await world.methods.forgetChain({ chainId: chainB });
    await expect(fromB).rejects.toMatchObject(no);
  });
});

describe('accountsChanged', () => {
  it('is told to whom its accounts changed, and to nobody else', async () => {
    const other = { origin: 'https://other.example', tabId: 2, documentId: 'D2' };
    world.service.pages.attach(site);
    world.service.pages.attach(other);
    world.toPage.length = 0;
    const told = () => world.toPage.splice(0).map(({ documentId }) => documentId);
    world.lock();
    world.lock();
    expect(told()).toEqual(['D1']);
    world.unlock();
    expect(told()).toEqual(['D1']);
    await world.methods.setSiteChains({ origin: site.origin, chainIds: [chainA] });
    expect(told()).toEqual([]);
    await world.methods.setSiteChains({ origin: other.origin, chainIds: [chainA] });
    expect(told()).toEqual(['D2']);
  });
});

describe('what others say', () => {
  it('reaches a page short, in one line and without what is not seen', async () => {
    const { result, id } = await openTransfer('pay');
    const text = `call\u202e us\n${'now '.repeat(100_000)}`;
    const pending = world.service.need().approvals.find(id)!;
    pending.fail(new ClientError('NoQuorum', text));
    const { message } = toError(await result.catch((error: unknown) => error));
    expect(message.length).toBeLessThan(500);
    expect(message).toMatch(/^call us now now/);
    expect(JSON.stringify(world.storage.get('requests')).length).toBeLessThan(2000);
  });
});
