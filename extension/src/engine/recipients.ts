// Whom a block's operations pay: whether their chains exist, and what the wallet knows of them from
// its own chains' blocks.
import type { BlockHeight, HistoryEntry, Operation, ProposedBlock } from '@mica/bindings/types';
import { chainIdFromText } from '@mica/bindings/text';
import { accountOf, looksLike, type AccountText } from '@mica/wallet-contract/addresses';
import type { ApprovalWarning } from '@mica/wallet-contract/api';
import { LOOKED_BACK_BLOCKS } from '@mica/bindings/limits';
import type { Chains } from './chains.ts';
import { ask, failureOf, type Engine } from './engine.ts';
import { paymentOf } from './money.ts';

const PAGE_BLOCKS = 100;

interface Paid {
  /** By accountOf. */
  accounts: Map<string, AccountText>;
  /** Looked at up to here, this one not. */
  height: bigint;
  /** The chain has older blocks that were not looked at. */
  partly: boolean;
}

/** Each account that the operations pay, once. */
function recipientsOf(operations: readonly Operation[]): AccountText[] {
  const found = new Map<string, AccountText>();
  for (const operation of operations) {
    const payment = operation.$ === 'System' ? paymentOf(operation.value) : null;
    if (payment?.recipient) found.set(accountOf(payment.recipient), payment.recipient);
  }
  return [...found.values()];
}

/** Without the bundles that it receives. */
export const operationsOf = ({ transactions }: Pick<ProposedBlock, 'transactions'>): Operation[] =>
  transactions.flatMap((transaction) =>
    transaction.$ === 'ExecuteOperation' ? [transaction.value] : [],
  );

const existences = { Exists: true, Unknown: false, NotSure: null } as const;

/** null: too few validators agree, or it could not be asked. */
export async function chainExists(engine: Engine, chainId: string): Promise<boolean | null> {
  try {
    const { value } = await ask(engine, { $: 'CheckChain', value: chainIdFromText(chainId) });
    return existences[value];
  } catch (error) {
    const { code } = failureOf(error);
    return code === 'UnknownChain' || code === 'UnknownRecipient' ? false : null;
  }
}

export class Recipients {
  private readonly paidBefore: PaidBefore;

  constructor(
    private readonly engine: Engine,
    private readonly chains: Pick<Chains, 'has' | 'ownAccounts'>,
  ) {
    this.paidBefore = new PaidBefore(engine);
  }

  /** Of everybody whom the operations pay. */
  async warnings(operations: readonly Operation[]): Promise<ApprovalWarning[]> {
    const own = this.chains.ownAccounts();
    const from = [...new Set(own.map(({ chainId }) => chainId))];
    const recipients = recipientsOf(operations);
    const warnings: ApprovalWarning[] = [];
    for (const chainId of new Set(recipients.map((account) => account.chainId))) {
      if (!this.chains.has(chainId)) warnings.push(...(await this.unsureOf(chainId)));
    }
    for (const recipient of recipients) {
      warnings.push(...(await this.paidBefore.warnings(recipient, from, own)));
    }
    return warnings;
  }

  private async unsureOf(chainId: string): Promise<ApprovalWarning[]> {
    const exists = await chainExists(this.engine, chainId);
    if (exists === true) return [];
    const code = exists === false ? 'UnknownRecipient' : 'RecipientUnchecked';
    return [{ level: 'danger', code, params: { chainId } }];
  }
}

export class PaidBefore {
  private readonly byChain = new Map<string, Paid>();

  constructor(private readonly engine: Engine) {}

  /** Of one chain, read on from where it was read to. */
  private async paidFrom(chainId: string): Promise<Paid> {
    const before = this.byChain.get(chainId);
    const paid: Paid = before ?? { accounts: new Map(), height: 0n, partly: false };
    let below: BlockHeight | null = null;
    let next = paid.height;
    for (let read = 0; ;) {
      const page = await this.page(chainId, below);
      const entries = page.filter(({ height }) => height >= paid.height);
      for (const { block, state, height } of entries) {
        // What is not certified may never be, and is looked at again.
        if (state === 'Proposed') continue;
        if (height >= next) next = height + 1n;
        for (const account of recipientsOf(operationsOf(block.body))) {
          paid.accounts.set(accountOf(account), account);
        }
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

  private async page(chainId: string, below: BlockHeight | null): Promise<HistoryEntry[]> {
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
    const { chainId, owner } = recipient;
    const first: ApprovalWarning = {
      level: 'note',
      code: 'FirstTime',
      params: { chainId, owner, ...(partly ? { blocks: LOOKED_BACK_BLOCKS } : {}) },
    };
    return twin ? [lookAlike(recipient, twin), first] : [first];
  }
}

const lookAlike = ({ chainId, owner }: AccountText, known: AccountText): ApprovalWarning => ({
  level: 'danger',
  code: 'LookAlike',
  params: { chainId, owner, knownChainId: known.chainId, knownOwner: known.owner },
});
