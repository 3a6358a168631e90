import { expect, it } from 'vitest';
import { FakeClock } from '@mica/bindings/fake_clock';
import { NOTICE_EVERY_MS } from '@mica/bindings/limits';
import { token } from '../testing/fake_engine.ts';
import type { Notice } from '../shared/said.ts';
import type { Base } from './base.ts';
import { Notices } from './notices.ts';

it('money that keeps coming in is told once a minute, with its sum', async () => {
  const told: Notice[] = [];
  const clock = new FakeClock();
  const base = {
    outside: { clock, notify: (notice: Notice) => void told.push(notice) },
    vault: { isUnlocked: true },
    stored: { settings: { current: { notifications: true } } },
  } as unknown as Base;
  const notices = new Notices(base, { isLookedAt: () => false });
  for (let at = 0; at < 50; at += 1) {
    notices.cameIn(token);
    await clock.pass(1000);
  }
  const came = (tokens: bigint) => ({ id: 'moneyCame', amount: tokens * token });
  expect(told).toEqual([came(1n)]);
  await clock.pass(NOTICE_EVERY_MS);
  expect(told).toEqual([came(1n), came(49n)]);
  await clock.pass(NOTICE_EVERY_MS);
  notices.cameIn(2n * token);
  expect(told.at(-1)).toEqual(came(2n));
  await clock.pass(10 * NOTICE_EVERY_MS);
  expect(told).toHaveLength(3);
});
