import { expect, it } from 'vitest';
import { providerError } from '@mica/provider';
import { userRejected } from './approvals.ts';
import { endings, endReason } from './endings.ts';

it.each(Object.entries({ ...endings, userRejected }))('windows can say of %s', (_name, ending) => {
  const error = ending();
  expect(endReason(error)).toBe(error.data.reason);
});

it('and of what is no ending they say nothing', () => {
  expect(endReason(providerError('internal', 'NoQuorum', 'few'))).toBeNull();
});
