import { beforeEach, describe, expect, it } from 'vitest';
import { connect, makeWorld, type World } from '../testing/world.ts';
import { chainB } from '../testing/fake_engine.ts';
import { approvalWindowClosed } from './approval_window.ts';

let world: World;
let leave: (done: boolean) => void;
beforeEach(async () => {
  world = await makeWorld();
  world.unlock();
  await connect(world);
  leave = world.service.windows.attach(() => undefined);
});

const pay = (amount: string) => {
  const answer = world.ask('linera_transfer', { recipient: chainB, amount });
  return answer.then(
    () => 'paid',
    ({ code }: { code: number }) => code,
  );
};
const waiting = () => world.service.state().approvals.length;

describe('the approval window, closed', () => {
  it('without a word: a no to all that it knew of', async () => {
    const answers = [pay('1'), pay('2')];
    await world.settle();
    leave(false);
    await approvalWindowClosed(world.service);
    expect(await Promise.all(answers)).toEqual([4001, 4001]);
    expect(waiting()).toBe(0);
  });

  it('is no answer to what came after it: that is asked in a new window', async () => {
    leave(false);
    void pay('1');
    await world.settle(10_000);
    const { count } = world.opened;
    await approvalWindowClosed(world.service);
    expect(waiting()).toBe(1);
    expect(world.opened.count).toBe(count + 1);
  });

  it('by itself, with nothing left to ask: an answer to nothing', async () => {
    void pay('1');
    await world.settle();
    leave(true);
    await approvalWindowClosed(world.service);
    expect(waiting()).toBe(1);
  });
});
