// Who, how much, from where. What it does is shown by the approval that follows.
import { useEffect, useState } from 'react';
import { CHAIN_OWNER, shorten } from '@mica/wallet-contract/addresses';
import { formatTokens } from '@mica/wallet-contract/amounts';
import type { Attos, ChainState, OwnerText } from '@mica/wallet-contract/api';
import { checkAmount, displayTokens, sourcesOf, type Source } from '../model/money.ts';
import { route, useGo, useRoute } from '../model/router.ts';
import { amountForAll } from '../model/send_all.ts';
import { chainName, ownerName } from '../model/texts.ts';
import { useRecipient, type Recipient } from '../model/use_recipient.ts';
import { sendDraft, useDraft, type Draft } from '../model/use_draft.ts';
import { failureOf, useAction, useStore, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Area, Choice, Field } from '../parts/field.tsx';
import { NetworkNotice } from '../parts/network_notice.tsx';
import { Empty, Failure, Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';

export function Send() {
  const { state, chain } = useWallet();
  const go = useGo();
  const { query } = useRoute();
  const named = query.get('chain');
  const chosen = state.chains.find(({ chainId }) => chainId === named) ?? (named ? null : chain);
  const chainId = chosen?.chainId;
  // Another window may choose another chain for home: this form stays with the one it began with.
  useEffect(() => {
    if (!named && chainId) go(`/send?chain=${chainId}`, { replace: true });
  }, [named, chainId, go]);
  if (chosen?.owner && !chosen.closed) {
    return <SendForm key={chosen.chainId} chain={chosen} to={query.get('to')} />;
  }
  return (
    <Page id="send" title="Send" back="/">
      <Empty icon="send" title={chosen?.closed ? 'This chain is closed' : 'Nothing to send from'}>
        <p>Choose {chosen?.closed ? 'another' : 'a'} chain that an account of this wallet owns.</p>
        <Button onClick={() => go('/chains')}>Choose a chain</Button>
      </Empty>
    </Page>
  );
}

interface Form {
  recipient: string;
  amount: string;
  /** Everything, less the fees. */
  all: boolean;
  source: OwnerText;
  /** What the form was last sent off as. */
  approvalId: string | null;
}
const blank: Form = {
  recipient: '',
  amount: '',
  all: false,
  source: CHAIN_OWNER,
  approvalId: null,
};

// What is signed and on its way is not asked for a second time.
function unlessSigned(error: unknown): void {
  if (failureOf(error).money === 'Unknown') throw error;
}

function SendForm({ chain, to }: { chain: ChainState; to: string | null }) {
  const { wallet, state } = useWallet();
  const go = useGo();
  const name = sendDraft(state.network?.id ?? '', chain.chainId);
  const draft = useDraft<Form>(name, { ...blank, recipient: to ?? '' });
  const { recipient, amount, all, source: sourceOwner } = draft.value;
  const sources = sourcesOf(chain);
  const source: Source = sources.find(({ owner }) => owner === sourceOwner) ??
    sources[0] ?? { owner: CHAIN_OWNER, balance: 0n };
  const [asked, setAsked] = useState(false);
  const known = useRecipient(recipient);
  const typed = checkAmount(amount, source.balance);
  const same = isSameAccount(known, chain.chainId, source.owner);
  const { run, busy, failure } = useAction();
  const submit = () => {
    setAsked(true);
    if (known.problem || same || 'problem' in typed) return;
    void run(async () => {
      const order = { chainId: chain.chainId, source: source.owner, recipient };
      const value = all
        ? await amountForAll(wallet, { ...order, available: source.balance })
        : typed.amount;
      // Left behind by the way back of the browser: it would be asked twice.
      const { approvalId: before } = draft.value;
      if (before) await wallet.reject({ id: before }).catch(unlessSigned);
      const { approvalId } = await wallet.prepareTransfer({ ...order, amount: value });
      draft.change({ approvalId });
      go(route('approval', approvalId));
    });
  };
  const showProblem = asked || amount !== '';
  return (
    <Page
      id="send"
      title="Send"
      back="/"
      onSubmit={submit}
      foot={
        <Button type="submit" busy={busy} data-testid="send-next">
          {busy ? 'Executing the block here…' : 'Look at it first'}
        </Button>
      }
    >
      <NetworkNotice />
      <From chain={chain} sources={sources} value={source.owner} draft={draft} />
      <Area
        label="To"
        mono
        rows={2}
        value={recipient}
        onChange={(text) => draft.change({ recipient: text })}
        placeholder="Chain id, or owner@chain"
        problem={asked || recipient.trim() ? (same ?? known.problem) : null}
        hint={<RecipientHint known={known} />}
        data-testid="send-recipient"
      />
      <RecipientNotice known={known} />
      <AmountField
        text={amount}
        all={all}
        available={source.balance}
        problem={showProblem && 'problem' in typed ? typed.problem : null}
        onChange={(text, everything) => draft.change({ amount: text, all: everything })}
      />
      <Failure failure={failure} />
    </Page>
  );
}

function AmountField(props: {
  text: string;
  all: boolean;
  available: Attos;
  problem: string | null;
  onChange(text: string, all: boolean): void;
}) {
  const { text, all, available, problem, onChange } = props;
  return (
    <Field
      label="Amount"
      inputMode="decimal"
      value={text}
      onChange={(typed) => onChange(typed, false)}
      placeholder="0.0"
      problem={problem}
      hint={
        all
          ? 'Everything; the fees are taken off first.'
          : `${displayTokens(available)} tokens are there.`
      }
      side={
        <Button
          kind="quiet"
          onClick={() => onChange(formatTokens(available), true)}
          data-testid="send-max"
        >
          Max
        </Button>
      }
      data-testid="send-amount"
    />
  );
}

function isSameAccount({ check }: Recipient, chainId: string, owner: string): string | null {
  const same = check?.recipient?.chainId === chainId && check.recipient.owner === owner;
  return same ? 'This is the account that the money comes from.' : null;
}

function From({
  chain,
  sources,
  value,
  draft,
}: {
  chain: ChainState;
  sources: Source[];
  value: string;
  draft: Draft<Form>;
}) {
  const { state, vault } = useWallet();
  const go = useGo();
  const store = useStore();
  // What was typed goes along.
  const change = (chainId: string) => {
    store.keepDraft(sendDraft(state.network?.id ?? '', chainId), {
      ...draft.value,
      source: CHAIN_OWNER,
      all: false,
    });
    draft.drop();
    go(`/send?chain=${chainId}`, { replace: true });
  };
  const chains = state.chains.filter(({ owner, closed }) => owner && !closed);
  return (
    <>
      {chains.length > 1 && (
        <Choice
          label="From"
          value={chain.chainId}
          options={chains.map((one) => [
            one.chainId,
            `${chainName(one)} (${shorten(one.chainId)})`,
          ])}
          onChange={change}
          data-testid="send-chain"
        />
      )}
      {sources.length > 1 && (
        <Choice
          label="Account on it"
          value={value}
          options={sources.map(({ owner, balance }) => [
            owner,
            `${ownerName(owner, vault.accounts)}: ${displayTokens(balance)}`,
          ])}
          onChange={(owner) => draft.change({ source: owner })}
          data-testid="send-source"
        />
      )}
    </>
  );
}

function RecipientHint({ known: { check, asking } }: { known: Recipient }) {
  const { state } = useWallet();
  if (asking) return 'Asking the validators whether this chain exists…';
  if (!check?.recipient) return null;
  if (check.own) {
    const own = state.chains.find(({ chainId }) => chainId === check.recipient?.chainId);
    return <span className="good">Your own chain{own?.label ? `: ${own.label}` : ''}.</span>;
  }
  if (check.exists) return <span className="good">The validators know this chain.</span>;
  return null;
}

function RecipientNotice({ known: { check, asking } }: { known: Recipient }) {
  if (asking || !check?.recipient || check.own || check.exists) return null;
  if (check.exists === false) {
    return (
      <Notice tone="bad" title="No validator knows this chain" data-testid="recipient-unknown">
        <p>
          Money sent to a chain that does not exist waits there for ever. Ask the recipient again.
        </p>
      </Notice>
    );
  }
  return (
    <Notice tone="wait" title="Not checked" data-testid="recipient-unchecked">
      <p>Too few validators answered to say whether this chain exists.</p>
    </Notice>
  );
}
