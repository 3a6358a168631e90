// What no seed may miss: every operation and path once, and accounts drained to nothing.
import {
  amountToText,
  chainOwner,
  ownerFromText,
  toHex,
  type SystemOperation,
} from '@mica/bindings/node';
import { toAmount } from '@mica/bindings/scalars';
import { chainIdFromText } from '@mica/bindings/text';
import { NO_PERMISSIONS } from '@mica/bindings/permissions';
import { singleOwner } from '@mica/devnet/faucet';
import type { Judge } from './oracle_judge.ts';
import { FEE, balanceOf, dataBlobId, transfer, type Walk } from './oracle_walk.ts';
import { account, type World } from './oracle_world.ts';
import { check, same } from './steps.ts';

const TOKEN = 10n ** 18n;

type Make = (chain: string, ...operations: SystemOperation[]) => Promise<void>;

function maker(world: World, walk: Walk): Make {
  return async (chain, ...operations) => {
    await world.synchronize(chain);
    const names = operations.map(({ $ }) => $).join(', ');
    const made = await walk.make(chain, { operations, blobs: [] });
    check(made, `a block of ${names || 'what was received'}`);
  };
}

/** Each operation and path once, on the chains the world began with. */
export async function everyPath(world: World, walk: Walk): Promise<void> {
  const [a, b] = world.first as [string, string];
  const [one, two] = world.owners as [typeof chainOwner, typeof chainOwner];
  const make = maker(world, walk);
  await make(a, transfer(chainOwner, a, one, 5n * TOKEN));
  await make(a, transfer(chainOwner, b, chainOwner, 1n));
  await make(b);
  await make(
    a,
    transfer(chainOwner, b, two, TOKEN),
    transfer(one, a, chainOwner, 7n),
    transfer(one, b, chainOwner, TOKEN),
    transfer(one, a, two, TOKEN),
    transfer(one, b, two, 9n),
  );
  const claim = (owner: typeof one, target: string, to: string, amount: bigint) => ({
    $: 'Claim' as const,
    owner,
    target_id: chainIdFromText(target),
    recipient: account(to, owner),
    amount: toAmount(amount),
  });
  await make(a, claim(one, a, b, 3n));
  await make(b, claim(two, a, b, TOKEN / 2n)); // a pays it out when it receives the message
  await make(a);
  await make(b, claim(two, a, b, 900n * TOKEN)); // a cannot, and rejects
  await make(a);
  const bytes = new TextEncoder().encode('a blob that all may read');
  const blob_id = dataBlobId(bytes);
  const publish: SystemOperation = { $: 'PublishDataBlob', blob_hash: blob_id.hash };
  check(await walk.make(a, { operations: [publish], blobs: [bytes] }), 'a published blob');
  await make(b, { $: 'VerifyBlob', blob_id }); // its first use on this chain: an oracle response
  await make(b, { $: 'VerifyBlob', blob_id });
  await rounds(world, make, a);
  await bounce(world, make, a);
}

async function rounds(world: World, make: Make, chain: string): Promise<void> {
  const key = world.owned.get(chain)!;
  const owner = world.owners[key]!;
  const single = singleOwner(owner);
  const change = async (ownership: typeof single) => {
    await make(chain, { $: 'ChangeOwnership', ...ownership });
    await world.own(chain, key);
  };
  await change({ ...single, super_owners: [owner], owners: [] } as never);
  await make(chain, transfer(chainOwner, chain, owner, 1n));
  await change({ ...single, multi_leader_rounds: 0 });
  await make(chain, transfer(chainOwner, chain, owner, 1n));
  await change(single);
}

// A closed chain rejects what comes, and it comes back.
async function bounce(world: World, make: Make, chain: string): Promise<void> {
  const owner = world.owners[world.owned.get(chain)!]!;
  const known = new Set(world.owned.keys());
  await make(chain, {
    $: 'OpenChain',
    value: {
      ownership: singleOwner(owner),
      balance: toAmount(TOKEN),
      application_permissions: NO_PERMISSIONS,
    },
  });
  const child = [...world.owned.keys()].find((one) => !known.has(one))!;
  check(child, 'a chain that was opened');
  await make(child, { $: 'CloseChain' });
  await make(chain, transfer(chainOwner, child, chainOwner, TOKEN));
  await make(child);
  const before = (await world.summaries()).get(chain)!;
  await make(chain);
  const after = (await world.summaries()).get(chain)!;
  same(after.chain_balance, before.chain_balance + TOKEN, 'what came back');
}

/**
 * Fees that take the last of the chain and then the last of the signer's account, which leaves an
 * entry of zero; then nothing can be paid any more. For the testnet prices.
 */
export async function drain(world: World, walk: Walk, chain: string): Promise<void> {
  const make = maker(world, walk);
  const owner = world.owners[world.owned.get(chain)!]!;
  await empty(world, make, chain, owner, world.first[0]!);
  await make(chain, transfer(owner, chain, chainOwner, FEE / 4n));
  const left = (await world.summaries()).get(chain)!;
  same(left.chain_balance + balanceOf(left, owner), 0n, 'what is left');
  const refused = !(await walk.make(
    chain,
    { operations: [transfer(chainOwner, chain, owner, 1n)], blobs: [] },
    false,
  ));
  check(refused, 'a block without funds is refused');
  await make(world.first[0]!, transfer(chainOwner, chain, chainOwner, 40n * TOKEN));
  await make(chain);
}

// Leaves half a fee on the chain and half a fee in the account of `owner`.
async function empty(
  world: World,
  make: Make,
  chain: string,
  owner: typeof chainOwner,
  rest: string,
): Promise<void> {
  const { chain_balance, owner_balances } = await world.synchronize(chain);
  check(owner_balances.length === 0, 'no accounts on the chain yet');
  const all = chain_balance - 3n * FEE - FEE;
  await make(
    chain,
    transfer(chainOwner, chain, owner, FEE / 2n),
    transfer(chainOwner, rest, chainOwner, all),
  );
  const { chain_balance: left } = await world.synchronize(chain);
  same(left, FEE / 2n, 'half a fee');
}

/** The same on the published client's own chain: its blocks, executed by our validators. */
export async function drainPublished(world: World, walk: Walk, judge: Judge): Promise<void> {
  const make = maker(world, walk);
  const { chain, client } = judge;
  const owner = ownerFromText(client.owner);
  await client.addOwner(`0x${toHex(world.owners[0]!.value as Uint8Array)}`);
  await world.follow(chain);
  await world.own(chain, 0);
  await empty(world, make, chain, owner, world.first[0]!);
  await judge.follow(world, chain);
  await client.addOwner(`0x${'77'.repeat(20)}`);
  const left = await world.synchronize(chain);
  same(left.chain_balance + balanceOf(left, owner), 0n, 'what is left');
  await judge.follow(world, chain);
  const error = String(await client.addOwner(`0x${'88'.repeat(20)}`).catch(String));
  check(/fee|fund|balance/i.test(error), `refused without funds by the published client: ${error}`);
  const permissions = { ...NO_PERMISSIONS };
  const refused = !(await walk.make(
    chain,
    { operations: [{ $: 'ChangeApplicationPermissions', value: permissions }], blobs: [] },
    false,
  ));
  check(refused, 'refused without funds by Mica');
  await make(world.first[0]!, transfer(chainOwner, chain, chainOwner, 30n * TOKEN));
  await client.versionInfo(); // it does not listen: now it knows of the money
  await client.transfer({ chainId: world.first[1]! }, 1);
  const summary = await world.synchronize(chain);
  await judge.follow(world, chain);
  same(await client.balance(), amountToText(summary.chain_balance), 'balance');
}
