// A block asked for, from its operations to a certificate. What the person sees is one draft: the
// block that was executed here. Yes signs exactly that; if height or effects move, it is shown and
// asked again.
import type { CommandResult } from '@mica/bindings/commands';
import type { ClientCommand, Effects, Operation } from '@mica/bindings/types';
import { encode } from '@mica/bindings/codec';
import { chainIdFromText, chainIdToText, ownerToText, toHex } from '@mica/bindings/text';
import {
  WalletError,
  type BlockLine,
  type BlockReceipt,
  type EffectsView,
  type HostAsking,
  type WalletFailure,
} from '@mica/wallet-contract/api';
import type { Emitter } from '../shared/emitter.ts';
import {
  hostRefused,
  userRejected,
  type ApprovalOf,
  type Approvals,
  type Pending,
} from './approvals.ts';
import type { Base } from './base.ts';
import { proposedDigest } from './certified.ts';
import type { Chains } from './chains.ts';
import { ask, fail, failureAt, failureOf, type Engine } from './engine.ts';
import type { SessionEvents } from './events.ts';
import { operationsOf, type Recipients } from './recipients.ts';
import { blockLines, effectsView, operationLine } from './views.ts';

export type BlockApproval = ApprovalOf<'block'>;
export type PendingBlock = Pending<'block'>;

/** Any operations, in order. */
export interface BlockOrder {
  /** Of the page that asked; null: the wallet's own windows. */
  origin: string | null;
  chainId: string;
  signer: string;
  operations: Operation[];
  /** Contents of the data blobs that the operations publish. */
  blobs: Uint8Array[];
}

/** Which block it will be, before it is signed. */
interface BlockName {
  chainId: string;
  height: bigint;
  /** Null: only validators know. */
  hash: string | null;
  /** `proposedDigest`. */
  proposed: string;
}

interface BlocksParts extends Pick<Base, 'outside' | 'vault' | 'stored'> {
  chains: Pick<Chains, 'genesisHash' | 'refuseCopy' | 'get'>;
  approvals: Approvals;
  recipients: Recipients;
}

/** So many blocks that were confirmed are remembered, for other windows that show them. */
const CONFIRMED_KEPT = 20;

type Draft = CommandResult<Extract<ClientCommand, { $: 'PrepareBlock' }>>;

/** A block that waits for a person, or is on its way. */
interface Asked {
  order: BlockOrder;
  pending: PendingBlock;
  /** Signed: before, so its draft is shown again, not made. Locked: made by another. */
  of: 'order' | 'signed' | 'locked';
  draftId: bigint | null;
  /** While asking: whether its host may be asked. */
  answerHost: ((yes: boolean) => void) | null;
  /** Told before the block is signed; what it rejects with ends it. */
  committing(block: BlockName): Promise<void>;
}

export class Blocks {
  /** By approval, oldest first. */
  private readonly asked = new Map<string, Asked>();
  /** What was confirmed, by approval, newest last: whoever says yes again gets the same. */
  private readonly confirmed = new Map<string, Promise<BlockReceipt>>();

  constructor(
    private readonly engine: Engine,
    private readonly parts: BlocksParts,
    private readonly events: Emitter<SessionEvents>,
  ) {}

  /** Puts it in the queue; effects follow as soon as the vault is open and the chain free. */
  start(order: BlockOrder, committing: Asked['committing'] = async () => {}): PendingBlock {
    return this.add(order, order.operations.map(operationLine), 'order', committing);
  }

  /**
   * The signed block on its way, seen again: the vault forgets approvals when it is started anew,
   * and a block that needs another round needs another signature.
   */
  async startPending(chainId: string): Promise<PendingBlock> {
    const open = this.openOf('signed', chainId);
    if (open) return open;
    const history = { chain_id: chainIdFromText(chainId), below: null, limit: 1 };
    const { value: entries } = await ask(this.engine, { $: 'GetHistory', ...history });
    const [entry] = entries;
    if (entry?.state !== 'Proposed') {
      return fail('NothingToDo', 'No block of this chain waits to be approved again.');
    }
    const signer = entry.block.header.authenticated_signer;
    const order: BlockOrder = {
      origin: null,
      chainId,
      signer: signer ? ownerToText(signer) : '',
      operations: operationsOf(entry.block.body),
      blobs: [],
    };
    return this.add(
      order,
      blockLines(entry.block.body.transactions, chainId),
      'signed',
      async () => {},
    );
  }

  /** The block that is locked on the chain; what it does is known when it was executed here. */
  startLocked(chainId: string): PendingBlock {
    const open = this.openOf('locked', chainId);
    if (open) return open;
    const chain = this.parts.chains.get(chainId);
    if (!chain?.owner || !chain.locked) {
      return fail('NothingToDo', 'No block of another owner waits on this chain.');
    }
    const order = { origin: null, chainId, signer: chain.owner, operations: [], blobs: [] };
    return this.add(order, [], 'locked', async () => {});
  }

  private openOf(of: Asked['of'], chainId: string): PendingBlock | undefined {
    const open = [...this.asked.values()].find(
      (one) => one.of === of && one.order.chainId === chainId && isOpen(one.pending.approval),
    );
    return open?.pending;
  }

  private add(
    order: BlockOrder,
    operations: BlockLine[],
    of: Asked['of'],
    committing: Asked['committing'],
  ): PendingBlock {
    const { approvals, chains, outside } = this.parts;
    const id = outside.newId();
    const { origin, chainId, signer } = order;
    const pending = approvals.add<'block'>({
      kind: 'block',
      id,
      origin,
      createdAt: outside.clock.now(),
      network: chains.genesisHash,
      chainId,
      signer,
      operations,
      status: 'locked',
      host: null,
      resumed: of === 'signed',
      locked: of === 'locked',
      effects: null,
      block: null,
      revision: 0,
      warnings: [],
      failure: null,
    });
    const asked: Asked = {
      ...{ order, pending, of, committing },
      ...{ draftId: null, answerHost: null },
    };
    this.asked.set(id, asked);
    const over = () => {
      this.asked.delete(id);
      asked.answerHost?.(false);
    };
    // However it ends: rejected, failed, its site revoked.
    pending.settled.then(over, (error: unknown) => {
      over();
      this.withdraw(pending.approval, failureOf(error));
    });
    this.advance();
    return pending;
  }

  // A block that may be on its way keeps its yes: another round needs another signature.
  private withdraw({ block }: BlockApproval, { money }: WalletFailure): void {
    if (block && money !== 'Unknown') this.forget(block);
  }

  // Nobody waits for that block any more: a yes to it ends.
  private forget(block: Uint8Array): void {
    const { outside, chains } = this.parts;
    outside.unapprove(chains.genesisHash, block);
  }

  /** Whether a block of the wallet's own making must wait on this chain. */
  holds(chainId: string): boolean {
    return this.open().some(({ order }) => order.chainId === chainId);
  }

  isCommitting(chainId: string): boolean {
    return this.open().some(
      ({ order, pending }) => order.chainId === chainId && pending.approval.status === 'committing',
    );
  }

  /** After unlocking, and whenever a chain became free: a chain has one draft at a time. */
  advance(): void {
    if (!this.parts.vault.isUnlocked) return;
    const taken = new Set<string>();
    for (const { order, pending } of this.open()) {
      if (pending.approval.status !== 'locked') taken.add(order.chainId);
    }
    for (const asked of this.open()) {
      const { order, pending } = asked;
      if (pending.approval.status !== 'locked' || taken.has(order.chainId)) continue;
      // What hosts are asked is for one block: at most one of those that may ask is executed.
      if (mayAskHosts(asked) && this.open().some(isExecuted)) continue;
      taken.add(order.chainId);
      void this.prepare(asked);
    }
  }

  private open(): Asked[] {
    return [...this.asked.values()].filter((asked) => this.isOpen(asked));
  }
  private isOpen({ pending: { approval } }: Asked): boolean {
    return isOpen(approval) && this.parts.approvals.find(approval.id) !== undefined;
  }

  private async prepare(asked: Asked): Promise<void> {
    const { order, pending } = asked;
    const { approval } = pending;
    approval.status = 'preparing';
    this.parts.approvals.touch(approval.id);
    try {
      // What another made is read from the block itself.
      const made = asked.of === 'locked' ? await this.draftOf(asked) : null;
      if (made) approval.operations = blockLines(made.effects.block.transactions, order.chainId);
      const operations = made ? operationsOf(made.effects.block) : order.operations;
      const warnings = await this.parts.recipients.warnings(operations);
      const draft = made ?? (await this.draftOf(asked));
      if (!this.isOpen(asked)) return await this.drop(draft.draft_id);
      asked.draftId = draft.draft_id;
      approval.warnings = warnings;
      this.show(approval, draft.effects);
    } catch (error) {
      if (this.isOpen(asked)) this.giveUp(asked, failureAt(this.engine, error));
    } finally {
      this.advance();
    }
  }

  /**
   * A host must answer what is being executed, and nobody has allowed it. Resolves to false when
   * that is for no block that a person looks at, or the person says no.
   */
  askPerson(asking: HostAsking): Promise<boolean> {
    const asked = this.open().find(isExecuted);
    const approval = asked?.pending.approval;
    if (approval?.status !== 'preparing') return Promise.resolve(false);
    return new Promise((resolve) => {
      asked!.answerHost = resolve;
      approval.host = asking;
      this.turnTo(approval, 'asking');
    });
  }

  private turnTo(approval: BlockApproval, status: 'asking' | 'preparing'): void {
    approval.status = status;
    this.parts.approvals.touch(approval.id);
  }

  /** The person said yes to this host, and so did the browser. */
  async allowHost(id: string, origin: string): Promise<void> {
    const { approval } = this.parts.approvals.get(id, 'block');
    const asked = this.asked.get(id);
    const answer = asked?.answerHost;
    if (!asked || !answer || approval.host?.origin !== origin) {
      const text = 'Something has changed since this was shown. Look again.';
      return fail('Conflict', text, { money: 'Untouched' });
    }
    asked.answerHost = null;
    approval.host = null;
    this.turnTo(approval, 'preparing');
    // It is asked all the same, and the person again the next time.
    const { chains, stored } = this.parts;
    const added = stored.hosts.add(chains.genesisHash, origin);
    await added.catch((error: unknown) => console.warn(error));
    answer(true);
  }

  // The core gives each its turn; what waits too long, or behind an open outcome, is Busy.
  private draftOf({ order, of }: Asked): Promise<Draft> {
    const chain_id = chainIdFromText(order.chainId);
    if (of === 'signed') return ask(this.engine, { $: 'ShowPending', value: chain_id });
    if (of === 'locked') return ask(this.engine, { $: 'ShowLocked', value: chain_id });
    const { operations, blobs, origin } = order;
    const plan = { chain_id, operations, blobs, receive_incoming: false };
    return ask(this.engine, { $: 'PrepareBlock', ...plan }, origin);
  }

  private show(approval: BlockApproval, effects: Effects): void {
    if (approval.block) this.forget(approval.block);
    approval.effects = effectsView(effects);
    approval.block = encode('ProposedBlock', effects.block);
    approval.revision += 1;
    approval.status = 'ready';
    this.parts.approvals.touch(approval.id);
  }

  /** The height or the effects moved under an open draft. */
  draftChanged(draftId: bigint, effects: Effects): void {
    const asked = this.open().find((one) => one.draftId === draftId);
    const approval = asked?.pending.approval;
    if (approval?.status !== 'ready') return;
    const shown = approval.effects?.balances ?? [];
    const params = { balances: shown.map(({ owner, before }) => ({ owner, before })) };
    approval.warnings = approval.warnings.filter(({ code }) => code !== 'EffectsChanged');
    approval.warnings.push({ level: 'note', code: 'EffectsChanged', params });
    this.show(approval, effects);
  }

  /** Yes to what was shown. A second yes, in another window, joins the first. */
  async confirm(id: string, revision: number): Promise<BlockReceipt> {
    const before = this.confirmed.get(id);
    if (before) return before;
    const { approval } = this.parts.approvals.get(id, 'block');
    const asked = this.asked.get(id);
    if (approval.status !== 'ready' || asked?.draftId == null || !approval.effects) {
      return fail('Busy', 'This is not ready to be confirmed.', { money: 'Untouched' });
    }
    if (approval.revision !== revision) {
      const text = 'Something has changed since this was shown. Look again.';
      return fail('Conflict', text, { money: 'Untouched' });
    }
    const result = this.commit(asked, asked.draftId, approval.effects);
    this.confirmed.set(id, result);
    for (const oldest of this.confirmed.keys()) {
      if (this.confirmed.size <= CONFIRMED_KEPT) break;
      this.confirmed.delete(oldest);
    }
    return result;
  }

  private async commit(
    asked: Asked,
    draftId: bigint,
    { height, blockHash }: EffectsView,
  ): Promise<BlockReceipt> {
    const { approval } = asked.pending;
    const { id, chainId, origin } = approval;
    const proposed = proposedDigest(approval.block ?? new Uint8Array());
    approval.status = 'committing';
    this.parts.approvals.touch(id);
    // Until the engine has been told, nothing is signed.
    let handedOver = false;
    try {
      await this.parts.chains.refuseCopy(chainId);
      await asked.committing({ chainId, height, hash: blockHash, proposed });
      handedOver = true;
      const command = { $: 'CommitDraft', value: draftId } as const;
      const { certificate, block_hash } = await ask(this.engine, command, origin);
      const receipt: BlockReceipt = {
        chainId: chainIdToText(certificate.value.header.chain_id),
        height: certificate.value.header.height,
        blockHash: toHex(block_hash),
        certificate: toHex(encode('ConfirmedBlockCertificate', certificate)),
      };
      approval.status = 'done';
      this.release(asked);
      asked.pending.finish(receipt);
      return receipt;
    } catch (error) {
      const known = failureAt(this.engine, error);
      const money = known.money ?? (handedOver ? 'Unknown' : 'Untouched');
      const failure = { ...known, money };
      this.giveUp(asked, failure);
      throw new WalletError(failure);
    }
  }

  async reject(id: string): Promise<void> {
    if (this.parts.approvals.get(id, 'block').approval.status === 'committing') {
      const more = { reason: 'SignedAlready', money: 'Unknown' } as const;
      return fail('Busy', 'It is signed already and on its way.', more);
    }
    const { host } = this.parts.approvals.get(id, 'block').approval;
    await this.end(id, host ? hostRefused(host.origin) : userRejected());
  }

  /** Not to be approved any more; `error` is told to who asked. What is signed goes on. */
  async end(id: string, error: Error): Promise<void> {
    const pending = this.parts.approvals.get(id, 'block');
    if (pending.approval.status === 'committing') return;
    const asked = this.asked.get(id);
    pending.fail(error);
    if (!asked || asked.draftId === null) return;
    await this.drop(asked.draftId);
    this.release(asked);
  }

  // A page is told; the wallet's own window shows it until it is closed.
  private giveUp(asked: Asked, failure: WalletFailure): void {
    const { pending, draftId } = asked;
    const { approval } = pending;
    approval.status = 'failed';
    approval.failure = failure;
    if (draftId !== null) void this.drop(draftId);
    this.release(asked);
    if (approval.origin === null && failure.money !== 'Unknown') {
      this.withdraw(approval, failure);
      this.parts.approvals.touch(approval.id);
    } else {
      pending.fail(new WalletError(failure));
    }
  }

  private release(asked: Asked): void {
    const had = asked.draftId !== null;
    asked.draftId = null;
    this.advance();
    if (had) this.events.emit('chainFree', asked.order.chainId);
  }

  private async drop(draftId: bigint | null): Promise<void> {
    if (draftId === null) return;
    await this.engine.command({ $: 'DropDraft', value: draftId }).catch(() => undefined);
  }
}

const isOpen = ({ status }: BlockApproval) => status !== 'done' && status !== 'failed';
// What only moves money asks nobody; what was signed before is executed with the answers of then.
const mayAskHosts = ({ order, of }: Asked) => of === 'order' && order.operations.some(runsCode);
const runsCode = (operation: Operation) =>
  operation.$ === 'User' || operation.value.$ === 'CreateApplication';
const isExecuted = (asked: Asked) =>
  mayAskHosts(asked) && ['preparing', 'asking'].includes(asked.pending.approval.status);
