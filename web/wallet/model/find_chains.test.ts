import { describe, expect, it } from 'vitest';
import type { AccountState } from '@mica/wallet-contract/api';
import { secretOf, textOf } from '@mica/wallet-contract/secret';
import { alice, aliceKey, chainA, chainB, chainC, fakeOwner } from '../fake/fake_data.ts';
import { FakeVault } from '../fake/fake_vault.ts';
import { FakeWallet } from '../fake/fake_wallet.ts';
import { findFurther, findOwn } from './find_chains.ts';

const evm = (index: number) => fakeOwner('EvmSecp256k1', index);
const ed = (index: number) => fakeOwner('Ed25519', index);

async function search(known: Record<string, string>) {
  const wallet = new FakeWallet({ known });
  const keys = new FakeVault({ status: 'unlocked' });
  const accounts: AccountState[] = [aliceKey];
  const world = { wallet, keys, accounts, newLabel: (number: number) => `Account ${number}` };
  const password = secretOf('password');
  const found = [...(await findOwn(world)), ...(await findFurther(world, password))];
  expect(textOf(password)).toBe('password');
  const state = await keys.getState();
  const asked = wallet.calls.flatMap(({ method, params }) =>
    method === 'findChains' ? (params as { owners: string[] }).owners : [],
  );
  return { found, asked, added: state.accounts.slice(1) };
}

describe('after a restore', () => {
  it('further accounts of both kinds that have chains are found, and added', async () => {
    const { found, added } = await search({ [alice]: chainA, [evm(4)]: chainB, [ed(0)]: chainC });
    expect(found.map(({ owner }) => owner)).toEqual([alice, evm(4), ed(0)]);
    expect(added.map(({ label, scheme, index }) => [label, scheme, index])).toEqual([
      ['Account 2', 'EvmSecp256k1', 4],
      ['Account 3', 'Ed25519', 0],
    ]);
  });

  it('they are looked for until five in a row have none', async () => {
    const { added } = await search({ [evm(3)]: chainB, [evm(8)]: chainC });
    expect(added.map(({ index }) => index)).toEqual([3, 8]);
    const none = await search({ [evm(6)]: chainB });
    expect(none.added).toEqual([]);
    expect(none.asked.slice(1)).toEqual([...[1, 2, 3, 4, 5].map(evm), ...[0, 1, 2, 3, 4].map(ed)]);
  });

  it('a faucet that knows a chain for everybody ends it all the same', async () => {
    const every = new Proxy({}, { get: (_, owner) => String(owner).slice(2).padEnd(64, '0') });
    const { added } = await search(every as Record<string, string>);
    expect(added.length).toBeLessThan(110);
  });
});
