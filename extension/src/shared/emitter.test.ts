import { expect, it } from 'vitest';
import { Emitter } from './emitter.ts';

it('tells all who listen, in their order, with all that belongs to it', () => {
  const events = new Emitter<{ paid: [to: string, amount: bigint]; left: [] }>();
  const heard: string[] = [];
  events.on('paid', (to, amount) => heard.push(`first ${to} ${amount}`));
  events.on('paid', (to) => heard.push(`second ${to}`));
  events.emit('left');
  events.emit('paid', 'shop', 2n);
  expect(heard).toEqual(['first shop 2', 'second shop']);
});
