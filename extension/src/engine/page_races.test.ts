// What happens in between: answers that are still being stored, starts that cross, floods.
import { beforeEach, describe, expect, it } from 'vitest';
import { chainA, token } from '../testing/fake_engine.ts';
import { connect, makeWorld, order, site, type World } from '../testing/world.ts';
import { toError } from './page_answers.ts';
import { toAmount } from '@mica/bindings/scalars';

let world: World;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
  await connect(world);
});
const approvals = () => world.service.state().approvals;

describe('an id that is used again', () => {
  it('while its failure is being stored has an answer of its own', async () => {
    const first = world.ask('linera_transfer', order(), 'mine').catch(toError);
    await world.settle();
    const { outside } = world.service;
    const save = outside.save.bind(outside);
    let goOn = () => {};
    outside.save = async (...what) => {
      await new Promise<void>((resolve) => (goOn = resolve));
      outside.save = save;
      return save(...what);
    };
    await world.methods.reject({ id: approvals()[0]!.id });
    await world.settle(1);
    const ask = () => world.ask('linera_transfer', order({ amount: '2' }), 'mine').catch(toError);
    const second = ask();
    const joined = ask();
    await world.settle(1);
    goOn();
    expect(await first).toMatchObject({ code: 4001 });
    await world.settle(61_000);
    const [approval] = approvals();
    const revision = 1;
    await world.methods.confirmBlock({ id: approval!.id, revision });
    expect(await second).toMatchObject({ chainId: chainA });
    expect(await joined).toEqual(await second);
  });
});

describe('a request that a page makes while the network is being opened', () => {
  it('is put into the queue once', async () => {
    await world.service.opening.close();
    const { outside } = world.service;
    const save = outside.save.bind(outside);
    outside.save = async (key, value) => {
      // The session is there; what was stored is about to be started.
      if (key === 'networks') {
        void world.ask('linera_transfer', order(), 'early').catch(() => undefined);
        for (let i = 0; i < 50; i += 1) await Promise.resolve();
      }
      return save(key, value);
    };
    await world.service.opening.open();
    outside.save = save;
    await world.settle();
    expect(approvals()).toHaveLength(1);
  });
});

describe('a document that listens beyond what its site may ask', () => {
  it('hears events as soon as it may', async () => {
    const pages = Array.from({ length: 60 }, (_, at) => ({ ...site, documentId: `L${at}` }));
    for (const page of pages) world.service.pages.attach(page);
    const gone = pages.at(-1)!;
    world.service.pages.detach(gone.documentId);
    await world.settle(10_000);
    world.toPage.length = 0;
    world.engine.changed({ ...world.disk.chains.get(chainA)!, chain_balance: toAmount(token) });
    const heard = new Set(world.toPage.map(({ documentId }) => documentId));
    expect(pages.filter(({ documentId }) => !heard.has(documentId))).toEqual([gone]);
  });
});
