import { expect, it } from 'vitest';
import { toBlockHeight } from '@mica/bindings/scalars';
import { alice, chainA, hash, summary } from '../testing/fake_engine.ts';
import { chainCore } from './views.ts';

const told = summary(chainA, 0n, alice);
const stands = (height: bigint, certified: bigint) =>
  chainCore({
    ...told,
    not_executed: {
      ...{ height: toBlockHeight(height), certified: toBlockHeight(certified) },
      reason: 'unknown operation',
    },
  }).notExecuted;

it('says from which block on a chain is not executed, and to which it is certified', () => {
  expect(chainCore(told).notExecuted).toBeNull();
  const reason = 'unknown operation';
  expect(stands(7n, 10n)).toEqual({ height: 7n, lastCertified: 9n, reason });
  expect(stands(7n, 7n)).toEqual({ height: 7n, lastCertified: 7n, reason });
});

it('says what applications may do on a chain', () => {
  const close_chain = [{ application_description_hash: hash(0x5c) }];
  const application_permissions = { ...told.application_permissions, close_chain };
  expect(chainCore({ ...told, application_permissions }).applicationPermissions).toEqual(
    application_permissions,
  );
});
