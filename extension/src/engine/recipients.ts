// What the wallet knows of whom it paid before, from its own chains' blocks.
import type { Block, HistoryEntry } from '@mica/bindings/types';
import { chainIdFromText, chainIdToText, ownerToText } from '@mica/bindings/text';
import { accountOf, looksLike, shorten, type AccountText } from '@mica/wallet-contract/addresses';
import type { ApprovalWarning } from '@mica/wallet-contract/api';
import { LOOKED_BACK_BLOCKS } from '@mica/bindings/limits';
import { ask, type Engine } from './engine.ts';

const PAGE_BLOCKS = 100;

interface Paid {
  /** By accountOf. */
  accounts: Map<string, AccountText>;
  /** Looked at up to here, this one not. */
  height: bigint;
  /** The chain has older blocks that were not looked at. */
  partly: boolean;
}

function recipientsOf({ body }: Block): AccountText[] {
  return body.transactions.flatMap((transaction) => {
    if (transaction.$ !== 'ExecuteOperation' || transaction.value.$ !== 'System') return [];
    const operation = transaction.value.value;
    if (operation.$ !== 'Transfer') return [];
    const { chain_id, owner } = operation.recipient;
    return [{ chainId: chainIdToText(chain_id), owner: ownerToText(owner) }];
  });
}

export class PaidBefore {
  private readonly byChain = new Map<string, Paid>();

  constructor(private readonly engine: Engine) {}

  /** Of one chain, read on from where it was read to. */
  private async paidFrom(chainId: string): Promise<Paid> {
    const before = this.byChain.get(chainId);
    const paid: Paid = before ?? { accounts: new Map(), height: 0n, partly: false };
    let below: bigint | null = null;
    let next = paid.height;
    for (let read = 0; ;) {
      const page = await this.page(chainId, below);
      const entries = page.filter(({ height }) => height >= paid.height);
      for (const { block, state, height } of entries) {
        // What is not certified may never be, and is looked at again.
        if (state === 'Proposed') continue;
        if (height >= next) next = height + 1n;
        for (const account of recipientsOf(block)) paid.accounts.set(accountOf(account), account);
      }
      read += entries.length;
      const last = entries.at(-1)?.height ?? 0n;
      if (entries.length < PAGE_BLOCKS || last === 0n) break;
      if (read >= LOOKED_BACK_BLOCKS) {
        paid.partly = true;
        break;
      }
      below = last;
    }
    paid.height = next;
    this.byChain.set(chainId, paid);
    return paid;
  }

  private async page(chainId: string, below: bigint | null): Promise<HistoryEntry[]> {
    const history = { chain_id: chainIdFromText(chainId), below, limit: PAGE_BLOCKS };
    return (await ask(this.engine, { $: 'GetHistory', ...history })).value;
  }

  /** `own`: the wallet's accounts on its chains; `from`: the chains that it pays from. */
  async warnings(
    recipient: AccountText,
    from: string[],
    own: AccountText[],
  ): Promise<ApprovalWarning[]> {
    if (own.some((account) => accountOf(account) === accountOf(recipient))) return [];
    const paid: Paid[] = [];
    for (const chainId of from) paid.push(await this.paidFrom(chainId));
    if (paid.some(({ accounts }) => accounts.has(accountOf(recipient)))) return [];
    const partly = paid.some((one) => one.partly);
    const known = [...own, ...paid.flatMap(({ accounts }) => [...accounts.values()])];
    const twin = known.find((account) => looksLike(recipient, account));
    const first: ApprovalWarning = {
      level: 'note',
      code: 'FirstTime',
      text: partly
        ? `You have not paid this recipient in the last ${LOOKED_BACK_BLOCKS} blocks.`
        : 'You have not paid this recipient before.',
    };
    return twin ? [lookAlike(recipient, twin), first] : [first];
  }
}

function lookAlike(recipient: AccountText, twin: AccountText): ApprovalWarning {
  const byChain = shorten(recipient.chainId) === shorten(twin.chainId);
  const ends = shorten(byChain ? twin.chainId : twin.owner);
  return {
    level: 'danger',
    code: 'LookAlike',
    text:
      `This recipient only looks like one that you know (${ends}): it begins and ends alike, and ` +
      'is another. Addresses are made to look so by thieves: compare every group of digits.',
  };
}
