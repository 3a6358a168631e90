// From "send this there" to a certificate. What the person sees is one draft: the block that was
// executed here. Yes signs exactly that; if height or effects move, it is shown and asked again.
import type { Block, ClientCommand, Effects, Operation } from '@mica/bindings/types';
import { encode } from '@mica/bindings/codec';
import {
  chainIdFromText,
  chainIdToText,
  ownerFromText,
  ownerToText,
  toHex,
} from '@mica/bindings/text';
import { CHAIN_OWNER, shorten, type AccountText } from '@mica/wallet-contract/addresses';
import { formatTokens } from '@mica/wallet-contract/amounts';
import {
  WalletError,
  type Approval,
  type ApprovalWarning,
  type EffectsView,
  type TransferResult,
  type WalletFailure,
} from '@mica/wallet-contract/api';
import { userRejected, type Approvals, type Pending } from './approvals.ts';
import { ask, fail, failureOf, type Engine } from './engine.ts';
import { PaidBefore } from './recipients.ts';
import { effectsView } from './views.ts';

type TransferApproval = Extract<Approval, { kind: 'transfer' }>;
type PendingTransfer = Pending<TransferApproval>;

export interface TransferOrder {
  origin: string | null;
  chainId: string;
  signer: string;
  source: string;
  recipient: AccountText;
  amount: bigint;
}

export interface TransferWorld {
  approvals: Approvals;
  isUnlocked(): boolean;
  /** The genesis hash. */
  network(): string;
  /** Nobody waits for that block any more: a yes to it ends. */
  withdraw(block: Uint8Array): void;
  isOwnChain(chainId: string): boolean;
  /** Where the wallet's own money lies: on each chain of its own, the chain and its owner. */
  ownAccounts(): AccountText[];
  /** Before the signature: which block it will be, so that a restart finds it again. */
  committing(id: string, block: { chainId: string; height: bigint; hash: string }): Promise<void>;
  later(ms: number, run: () => void): void;
  /** Nothing more waits on that chain. */
  chainFree(chainId: string): void;
  now(): number;
  newId(): string;
}

/** So many transfers that were confirmed are remembered, for other windows that show them. */
const CONFIRMED_KEPT = 20;
/** How long a busy chain is waited for, before it is said. */
const BUSY_WAIT_MS = 300;
const BUSY_TRIES = 30;

interface Draft {
  pending: PendingTransfer;
  id: bigint;
}

const balanceName = (owner: string) => (owner === CHAIN_OWNER ? 'the chain' : shorten(owner));

function sentenceOf({ amount, chainId, source, recipient }: TransferOrder): string {
  const from = source === CHAIN_OWNER ? '' : `${shorten(source)} on `;
  const to = recipient.owner === CHAIN_OWNER ? '' : `${shorten(recipient.owner)} on `;
  return (
    `Send ${formatTokens(amount)} from ${from}chain ${shorten(chainId)} ` +
    `to ${to}chain ${shorten(recipient.chainId)}.`
  );
}

function prepareCommand({
  chainId,
  source,
  recipient,
  amount,
}: TransferOrder): Extract<ClientCommand, { $: 'PrepareBlock' }> {
  const operation: Operation = {
    $: 'System',
    value: {
      $: 'Transfer',
      owner: ownerFromText(source),
      recipient: {
        chain_id: chainIdFromText(recipient.chainId),
        owner: ownerFromText(recipient.owner),
      },
      amount,
    },
  };
  return {
    $: 'PrepareBlock',
    chain_id: chainIdFromText(chainId),
    operations: [operation],
    data_blobs: [],
    receive_incoming: false,
  };
}

// What a block of prepareCommand's was made for.
function orderOf({ header, body }: Block): TransferOrder | null {
  for (const { $, value } of body.transactions) {
    if ($ !== 'ExecuteOperation' || value.$ !== 'System' || value.value.$ !== 'Transfer') continue;
    const { owner, recipient, amount } = value.value;
    return {
      origin: null,
      chainId: chainIdToText(header.chain_id),
      signer: header.authenticated_signer ? ownerToText(header.authenticated_signer) : '',
      source: ownerToText(owner),
      recipient: {
        chainId: chainIdToText(recipient.chain_id),
        owner: ownerToText(recipient.owner),
      },
      amount,
    };
  }
  return null;
}

export class Transfers {
  /** Open drafts by chain: a chain has one at a time. */
  private readonly drafts = new Map<string, Draft>();
  /** Approvals of a block that was signed before. */
  private readonly pending = new Set<string>();
  private readonly paidBefore: PaidBefore;
  /** What was confirmed, by approval, newest last: whoever says yes again gets the same. */
  private readonly confirmed = new Map<string, Promise<TransferResult>>();

  constructor(
    private readonly engine: Engine,
    private readonly world: TransferWorld,
  ) {
    this.paidBefore = new PaidBefore(engine);
  }

  /** Puts it in the queue; effects follow as soon as the vault is open and the chain free. */
  start(order: TransferOrder): PendingTransfer {
    return this.add(order, this.world.newId(), sentenceOf(order));
  }

  /**
   * The signed block on its way, seen again: the vault forgets approvals when it is started anew,
   * and a block that needs another round needs another signature.
   */
  async startPending(chainId: string): Promise<PendingTransfer> {
    const open = this.waiting().find(({ approval }) => this.pending.has(approval.id));
    if (open?.approval.chainId === chainId) return open;
    const { value: entries } = await ask(this.engine, {
      $: 'GetHistory',
      chain_id: chainIdFromText(chainId),
      below: null,
      limit: 1,
    });
    const [entry] = entries;
    const order = entry?.state === 'Proposed' ? orderOf(entry.block) : null;
    if (!order) return fail('NothingToDo', 'No transfer of this chain waits to be approved again.');
    const id = this.world.newId();
    this.pending.add(id);
    return this.add(order, id, `Go on with what was signed: ${sentenceOf(order)}`);
  }

  private add(order: TransferOrder, id: string, sentence: string): PendingTransfer {
    const { approvals, now } = this.world;
    const pending = approvals.add<TransferApproval>({
      ...order,
      kind: 'transfer',
      id,
      network: this.world.network(),
      createdAt: now(),
      status: 'locked',
      sentence,
      resumed: this.pending.has(id),
      effects: null,
      block: null,
      revision: 0,
      warnings: [],
      failure: null,
    });
    // However it ends: rejected, failed, its site revoked.
    pending.settled.catch((error: unknown) => this.withdraw(pending.approval, failureOf(error)));
    this.advance();
    return pending;
  }

  // A block that may be on its way keeps its yes: another round needs another signature.
  private withdraw({ block }: TransferApproval, { money }: WalletFailure): void {
    if (block && money !== 'Unknown') this.world.withdraw(block);
  }

  /** Whether a block of the wallet's own making must wait on this chain. */
  holds(chainId: string): boolean {
    return this.drafts.has(chainId) || this.waiting().some((p) => p.approval.chainId === chainId);
  }

  /** After unlocking, and whenever a chain became free. */
  advance(): void {
    const taken = new Set(this.drafts.keys());
    for (const { approval } of this.waiting()) {
      if (approval.status === 'preparing') taken.add(approval.chainId);
    }
    for (const pending of this.waiting()) {
      const { approval } = pending;
      if (approval.status !== 'locked' || taken.has(approval.chainId)) continue;
      taken.add(approval.chainId);
      if (this.world.isUnlocked()) void this.prepare(pending);
    }
  }

  private waiting(): PendingTransfer[] {
    return this.world.approvals
      .all()
      .filter((pending): pending is PendingTransfer => pending.approval.kind === 'transfer')
      .filter(({ approval: { status } }) => status !== 'done' && status !== 'failed');
  }

  private async prepare(pending: PendingTransfer, tries = BUSY_TRIES): Promise<void> {
    const { approval } = pending;
    approval.status = 'preparing';
    this.world.approvals.touch(approval.id);
    try {
      const warnings = await this.checkRecipient(approval.recipient);
      const command = this.pending.has(approval.id)
        ? ({ $: 'ShowPending', value: chainIdFromText(approval.chainId) } as const)
        : prepareCommand(approval);
      const draft = await ask(this.engine, command, approval.origin);
      if (!this.world.approvals.find(approval.id)) {
        return await this.drop(draft.draft_id);
      }
      this.drafts.set(approval.chainId, { pending, id: draft.draft_id });
      approval.warnings = warnings;
      this.show(approval, draft.effects);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'Busy' && tries > 0) this.prepareLater(pending, tries - 1);
      else this.giveUp(pending, failure);
    }
  }

  // The wallet's own receiving block is on its way: that takes a moment.
  private prepareLater(pending: PendingTransfer, tries: number): void {
    this.world.later(BUSY_WAIT_MS, () => {
      if (this.world.approvals.find(pending.approval.id)) void this.prepare(pending, tries);
    });
  }

  private async checkRecipient(recipient: AccountText): Promise<ApprovalWarning[]> {
    const own = this.world.ownAccounts();
    const from = [...new Set(own.map(({ chainId }) => chainId))];
    const known = await this.paidBefore.warnings(recipient, from, own);
    return [...(await this.checkChain(recipient.chainId)), ...known];
  }

  private async checkChain(chainId: string): Promise<ApprovalWarning[]> {
    if (this.world.isOwnChain(chainId)) return [];
    const exists = await this.chainExists(chainId);
    if (exists === true) return [];
    const [code, text] =
      exists === false
        ? (['UnknownRecipient', 'No validator knows the recipient chain'] as const)
        : ([
            'RecipientUnchecked',
            'Whether the recipient chain exists could not be found out',
          ] as const);
    return [
      {
        level: 'danger',
        code,
        text: `${text}: ${shorten(chainId)}. If it does not exist, the money is gone.`,
      },
    ];
  }

  /** null: too few validators answered. */
  async chainExists(chainId: string): Promise<boolean | null> {
    try {
      const command = { $: 'CheckChain', value: chainIdFromText(chainId) } as const;
      return (await ask(this.engine, command)).value;
    } catch (error) {
      const { code } = failureOf(error);
      if (code === 'UnknownChain' || code === 'UnknownRecipient') return false;
      return null;
    }
  }

  private show(approval: TransferApproval, effects: Effects): void {
    if (approval.block) this.world.withdraw(approval.block);
    approval.effects = effectsView(effects);
    approval.block = encode('ProposedBlock', effects.block);
    approval.revision += 1;
    approval.status = 'ready';
    this.world.approvals.touch(approval.id);
  }

  /** The height or the effects moved under an open draft. */
  draftChanged(draftId: bigint, effects: Effects): void {
    const draft = [...this.drafts.values()].find(({ id }) => id === draftId);
    if (!draft || draft.pending.approval.status !== 'ready') return;
    const { approval } = draft.pending;
    const changes = approval.effects?.balances
      .map(({ owner, before }) => `${balanceName(owner)} had ${formatTokens(before)}`)
      .join(', ');
    const text = `Something changed while this was open (before: ${changes}). Look again.`;
    approval.warnings = approval.warnings.filter(({ code }) => code !== 'EffectsChanged');
    approval.warnings.push({ level: 'note', code: 'EffectsChanged', text });
    this.show(approval, effects);
  }

  /** Yes to what was shown. A second yes, in another window, joins the first. */
  async confirm(id: string, revision: number): Promise<TransferResult> {
    const before = this.confirmed.get(id);
    if (before) return before;
    const pending = this.world.approvals.get(id, 'transfer');
    const { approval } = pending;
    const draft = this.drafts.get(approval.chainId);
    if (approval.status !== 'ready' || draft?.pending.approval.id !== id || !approval.effects) {
      return fail('Busy', 'This is not ready to be confirmed.', 'Untouched');
    }
    if (approval.revision !== revision) {
      return fail(
        'Conflict',
        'Something has changed since this was shown. Look again.',
        'Untouched',
      );
    }
    const result = this.commit(draft, approval.effects);
    this.confirmed.set(id, result);
    for (const oldest of this.confirmed.keys()) {
      if (this.confirmed.size <= CONFIRMED_KEPT) break;
      this.confirmed.delete(oldest);
    }
    return result;
  }

  private async commit(
    { pending, id: draftId }: Draft,
    { height, blockHash }: EffectsView,
  ): Promise<TransferResult> {
    const { approval } = pending;
    const { id, chainId } = approval;
    approval.status = 'committing';
    this.world.approvals.touch(id);
    // Until the engine has been told, nothing is signed.
    let handedOver = false;
    try {
      await this.world.committing(id, { chainId, height, hash: blockHash });
      handedOver = true;
      const command = { $: 'CommitDraft', value: draftId } as const;
      const { certificate } = await ask(this.engine, command, approval.origin);
      const result: TransferResult = {
        chainId: chainIdToText(certificate.value.header.chain_id),
        height: certificate.value.header.height,
        blockHash,
        certificate: toHex(encode('ConfirmedBlockCertificate', certificate)),
      };
      approval.status = 'done';
      this.release(chainId);
      pending.finish(result);
      return result;
    } catch (error) {
      const known = failureOf(error);
      const money = known.money ?? (handedOver ? 'Unknown' : 'Untouched');
      const failure = { ...known, money };
      this.giveUp(pending, failure);
      throw new WalletError(failure);
    }
  }

  async reject(id: string): Promise<void> {
    const pending = this.world.approvals.get(id, 'transfer');
    const { approval } = pending;
    if (approval.status === 'committing') {
      return fail('Busy', 'It is signed already and on its way.', 'Unknown');
    }
    await this.end(pending, userRejected());
  }

  /** Not to be approved any more; `error` is told to who asked. */
  async end(pending: PendingTransfer, error: Error): Promise<void> {
    const { chainId } = pending.approval;
    const draft = this.drafts.get(chainId);
    pending.fail(error);
    if (draft?.pending === pending) {
      await this.drop(draft.id);
      this.release(chainId);
    }
  }

  // A page is told; the wallet's own window shows it until it is closed.
  private giveUp(pending: PendingTransfer, failure: WalletFailure): void {
    const { approval } = pending;
    approval.status = 'failed';
    approval.failure = failure;
    const draft = this.drafts.get(approval.chainId);
    if (draft?.pending === pending) {
      void this.drop(draft.id);
      this.release(approval.chainId);
    } else {
      this.advance();
    }
    if (approval.origin === null && failure.money !== 'Unknown') {
      this.withdraw(approval, failure);
      this.world.approvals.touch(approval.id);
    } else {
      pending.fail(new WalletError(failure));
    }
  }

  private release(chainId: string): void {
    this.drafts.delete(chainId);
    this.advance();
    this.world.chainFree(chainId);
  }

  private async drop(draftId: bigint): Promise<void> {
    await this.engine.command({ $: 'DropDraft', value: draftId }).catch(() => undefined);
  }
}
