// Seeded sequences of operations between the chains of a world, down to the last atto.
import { keccak_256 } from '@noble/hashes/sha3.js';
import {
  ClientError,
  chainOwner,
  encode,
  ownerToText,
  toHex,
  type AccountOwner,
  type BlobId,
  type ChainOwnership,
  type ChainSummary,
  type SystemOperation,
} from '@mica/bindings/node';
import { toAmount, toCryptoHash } from '@mica/bindings/scalars';
import { chainIdFromText } from '@mica/bindings/text';
import { NO_PERMISSIONS } from '@mica/bindings/permissions';
import { singleOwner } from '@mica/devnet/faucet';
import { account, type Dice, type World } from './oracle_world.ts';

const MICRO = 10n ** 12n;
/** What an operation costs under the testnet prices, and what a message costs on top. */
export const FEE = 10n * MICRO;
const MOST_CHAINS = 12;
const REFUSALS = ['InsufficientBalance', 'ExecutionFailed', 'NothingToDo', 'InvalidInput'];

export const transfer = (
  owner: AccountOwner,
  chain: string,
  recipient: AccountOwner,
  amount: bigint,
): SystemOperation => ({
  $: 'Transfer',
  owner,
  recipient: account(chain, recipient),
  amount: toAmount(amount),
});

export const dataBlobId = (bytes: Uint8Array): BlobId => {
  const content = encode('BlobContent', { blob_type: 'Data', bytes });
  const tagged = Buffer.concat([Buffer.from('BlobContent::'), content]);
  return { blob_type: 'Data', hash: toCryptoHash(keccak_256(tagged)) };
};

interface Plan {
  operations: SystemOperation[];
  blobs: Uint8Array[];
}
interface DrawnChain {
  chain: string;
  key: number;
  signer: AccountOwner;
  summary: ChainSummary;
}

/** Draws blocks and has them made; the judge comes after. */
export class Walk {
  /** Drafts that execution refused, by code; nothing was signed. */
  readonly refused = new Map<string, number>();
  /** Blocks on nearly empty accounts. */
  readonly poor = { 'path: the account pays the fee': 0, 'path: an account with a zero entry': 0 };
  #blobs: BlobId[] = [];
  /** Chains that may receive, Mica's and others'. */
  readonly targets: string[];

  constructor(
    private readonly world: World,
    private readonly dice: Dice,
    targets: string[],
  ) {
    this.targets = [...world.owned.keys(), ...targets];
  }

  /** One block on a random chain of Mica's; null when what was drawn cannot be executed. */
  async step(): Promise<string | null> {
    const chain = this.dice.pick([...this.world.owned.keys()]);
    const key = this.world.owned.get(chain)!;
    const summary = await this.world.synchronize(chain);
    const place = { chain, key, signer: this.world.owners[key]!, summary };
    const plan = this.#draw(place);
    const receive = plan.operations.length === 0 || this.dice.chance(60);
    return (await this.make(place.chain, plan, receive)) ? chain : null;
  }

  /** The same, with operations that the caller chose. False: refused by execution. */
  async make(chain: string, plan: Plan, receive = true): Promise<boolean> {
    const before = (await this.world.summaries()).get(chain)!;
    try {
      const { effects, seen } = await this.world.propose(
        chain,
        plan.operations,
        plan.blobs,
        receive,
      );
      for (const id of effects.published_blobs) {
        if (id.blob_type === 'Data') this.#blobs.push(id);
      }
      this.#noticePoverty(before, (await this.world.summaries()).get(chain)!);
      await this.#settle(chain, seen.block.header.authenticated_signer);
      for (const opened of effects.opened_chains) await this.#adopt(toHex(opened));
      return true;
    } catch (error) {
      if (!(error instanceof ClientError) || !REFUSALS.includes(error.code)) throw error;
      this.refused.set(error.code, (this.refused.get(error.code) ?? 0) + 1);
      return false;
    }
  }

  #noticePoverty(before: ChainSummary, after: ChainSummary): void {
    const received = before.incoming.length > 0;
    if (!received && before.chain_balance < FEE) this.poor['path: the account pays the fee'] += 1;
    if (after.owner_balances.some(([, amount]) => amount === 0n)) {
      this.poor['path: an account with a zero entry'] += 1;
    }
  }

  // After a change of ownership another key may have to propose; a closed chain has had its day.
  async #settle(chain: string, signer: AccountOwner | null): Promise<void> {
    const { ownership } = (await this.world.summaries()).get(chain)!;
    const all = [...ownership.super_owners, ...ownership.owners.map(([owner]) => owner)];
    const texts = all.map(ownerToText);
    if (signer && texts.includes(ownerToText(signer)) && !this.dice.chance(20)) return;
    const keys = [...this.world.owners.keys()].filter((key) =>
      texts.includes(ownerToText(this.world.owners[key]!)),
    );
    if (keys.length > 0) await this.world.own(chain, this.dice.pick(keys));
  }

  async #adopt(chain: string): Promise<void> {
    await this.world.follow(chain);
    await this.#settle(chain, null);
    this.targets.push(chain);
  }

  #draw(place: DrawnChain): Plan {
    const plan: Plan = { operations: [], blobs: [] };
    // Closed: it can only reject what comes.
    if (place.summary.closed || this.dice.chance(8)) return plan;
    const count = this.dice.chance(60) ? 1 : 1 + this.dice.below(4);
    for (let i = 0; i < count; i += 1) this.#drawOne(place, plan);
    return plan;
  }

  #drawOne(place: DrawnChain, plan: Plan): void {
    const { chain, signer } = place;
    const kinds: [number, () => SystemOperation | null][] = [
      [14, () => this.#fromChain(place, chain)],
      [16, () => this.#fromChain(place, this.dice.pick(this.targets))],
      [20, () => this.#fromAccount(place)],
      [16, () => this.#claim(place)],
      [5, () => this.#openChain(place)],
      [7, () => ({ $: 'ChangeOwnership', ...this.#ownership(signer) })],
      [9, () => this.#publish(plan)],
      [10, () => this.#verify()],
      [1, () => ({ $: 'ChangeApplicationPermissions', value: this.#permissions() })],
      [1, () => this.#closeChain(place)],
    ];
    let at = this.dice.below(kinds.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, make] of kinds) {
      at -= weight;
      if (at >= 0) continue;
      const operation = make();
      if (operation) plan.operations.push(operation);
      return;
    }
  }

  #anyOwner(): AccountOwner {
    return this.dice.chance(40) ? chainOwner : this.dice.pick(this.world.owners);
  }

  // Some of it, nearly all of it, all of it, or too much.
  #amount(held: bigint): bigint {
    const shape = this.dice.below(10);
    if (shape === 0) return held + 1n;
    if (shape === 1) return held;
    const spare = [1n, FEE, FEE + 1n, 2n * FEE, 2n * FEE + FEE / 2n, 3n * FEE, 5n * FEE];
    const kept = this.dice.pick(spare);
    if (shape <= 4 && held > kept) return held - kept;
    if (shape === 5) return 1n;
    if (shape === 6) return this.dice.pick(spare);
    return held / BigInt(2 + this.dice.below(9)) || 1n;
  }

  #fromChain({ summary }: DrawnChain, to: string): SystemOperation {
    return transfer(chainOwner, to, this.#anyOwner(), this.#amount(summary.chain_balance));
  }

  #fromAccount({ summary, signer, chain }: DrawnChain): SystemOperation | null {
    const held = balanceOf(summary, signer);
    if (held === 0n && this.dice.chance(80)) {
      return transfer(chainOwner, chain, signer, this.#amount(summary.chain_balance / 3n));
    }
    const to = this.dice.chance(50) ? chain : this.dice.pick(this.targets);
    return transfer(signer, to, this.#anyOwner(), this.#amount(held));
  }

  // Here, or on another chain, which finds out for itself whether there is enough.
  #claim({ summary, signer, chain }: DrawnChain): SystemOperation {
    const here = this.dice.chance(25);
    const target = here ? chain : this.dice.pick(this.targets);
    const recipient = account(this.dice.pick(this.targets), this.#anyOwner());
    const held = balanceOf(summary, signer);
    const amount = here || this.dice.chance(30) ? this.#amount(held) : this.dice.pick([1n, FEE]);
    return {
      $: 'Claim',
      owner: signer,
      target_id: chainIdFromText(target),
      recipient,
      amount: toAmount(amount),
    };
  }

  #openChain({ signer, summary }: DrawnChain): SystemOperation | null {
    if (this.world.owned.size >= MOST_CHAINS) return null;
    const most = summary.chain_balance / 4n;
    const balance = this.dice.pick([0n, FEE, 3n * FEE + 1n, most]);
    const ownership = this.#ownership(this.dice.chance(50) ? signer : this.#key());
    return {
      $: 'OpenChain',
      value: {
        ownership,
        balance: toAmount(balance),
        application_permissions: NO_PERMISSIONS,
      },
    };
  }

  #key(): AccountOwner {
    return this.dice.pick(this.world.owners);
  }

  // `owner` stays among them. Without multi-leader rounds there must be one owner only, else it may
  // have to wait for its round.
  #ownership(owner: AccountOwner): ChainOwnership {
    const single = singleOwner(owner);
    const kind = this.dice.below(4);
    if (kind === 0) return single;
    if (kind === 1) return { ...single, super_owners: [owner], owners: [] };
    if (kind === 2) return { ...single, multi_leader_rounds: 0 };
    const others = this.world.owners.filter((other) => other !== owner && this.dice.chance(40));
    const owners = [owner, ...others]
      .sort((a, b) => (ownerToText(a) < ownerToText(b) ? -1 : 1))
      .map((one): [AccountOwner, bigint] => [one, BigInt(1 + this.dice.below(100))]);
    return {
      ...single,
      owners,
      multi_leader_rounds: 1 + this.dice.below(10),
      open_multi_leader_rounds: this.dice.chance(30),
    };
  }

  #permissions() {
    return { ...NO_PERMISSIONS, ...(this.dice.chance(50) ? { make_http_requests: [] } : {}) };
  }

  #publish(plan: Plan): SystemOperation {
    const bytes = this.dice.bytes(this.dice.pick([0, 1, 31, 200, 3000]));
    const { hash } = dataBlobId(bytes);
    if (!plan.blobs.some((blob) => toHex(blob) === toHex(bytes))) plan.blobs.push(bytes);
    return { $: 'PublishDataBlob', blob_hash: hash };
  }

  #verify(): SystemOperation | null {
    if (this.#blobs.length === 0) return null;
    return { $: 'VerifyBlob', blob_id: this.dice.pick(this.#blobs) };
  }

  #closeChain({ chain }: DrawnChain): SystemOperation | null {
    const spare = this.world.owned.size > 6 && !this.world.first.includes(chain);
    return spare ? { $: 'CloseChain' } : null;
  }
}

export function balanceOf(summary: ChainSummary, owner: AccountOwner): bigint {
  const text = ownerToText(owner);
  return summary.owner_balances.find(([one]) => ownerToText(one) === text)?.[1] ?? 0n;
}
