// Who, how much, from where. What it does is shown by the approval that follows.
import { useEffect, useState } from 'react';
import { CHAIN_OWNER, shorten } from '@mica/wallet-contract/addresses';
import type { Attos, ChainView, OwnerText } from '@mica/wallet-contract/api';
import { canPropose } from '../model/can_propose.ts';
import { checkAmount, inTokens, sourcesOf, type Source } from '../model/money.ts';
import { route, useGo, useRoute } from '../model/router.ts';
import { amountForAll } from '../model/send_all.ts';
import { chainName, ownerName } from '../model/texts.ts';
import { useRecipient, type Recipient } from '../model/use_recipient.ts';
import { sendDraft, useDraft, type TypedForm } from '../model/use_draft.ts';
import { failureOf, useAction, useStore, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Area, Choice, Field } from '../parts/field.tsx';
import { NetworkNotice } from '../parts/network_notice.tsx';
import { Empty, Failure, Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { useWords } from '../words/use_words.tsx';

export function Send() {
  const { say } = useWords();
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
  if (chosen && canPropose(chosen)) {
    return <SendForm key={chosen.chainId} chain={chosen} to={query.get('to')} />;
  }
  const why = whyNot(chosen);
  return (
    <Page id="send" back="/">
      <Empty icon="send" title={say(`send.${why}`)}>
        <p>{say(`send.${why}Text`)}</p>
        <Button onClick={() => go('/chains')}>{say('send.choose')}</Button>
      </Empty>
    </Page>
  );
}

function whyNot(chain: ChainView | null | undefined): 'closed' | 'notExecuted' | 'nothing' {
  if (!chain?.owner) return 'nothing';
  return chain.closed ? 'closed' : 'notExecuted';
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

function SendForm({ chain, to }: { chain: ChainView; to: string | null }) {
  const words = useWords();
  const { say } = words;
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
  const typed = checkAmount(amount, source.balance, words);
  const same = isSameAccount(known, chain.chainId, source.owner) ? say('send.sameAccount') : null;
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
      back="/"
      onSubmit={submit}
      foot={
        <Button type="submit" busy={busy} data-testid="send-next">
          {busy ? say('send.busy') : say('send.look')}
        </Button>
      }
    >
      <NetworkNotice />
      <From chain={chain} sources={sources} value={source.owner} draft={draft} />
      <Area
        label={say('send.to')}
        mono
        rows={2}
        value={recipient}
        onChange={(text) => draft.change({ recipient: text })}
        placeholder={say('send.toPlaceholder')}
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
  const words = useWords();
  const { say } = words;
  const { text, all, available, problem, onChange } = props;
  return (
    <Field
      label={say('send.amount')}
      inputMode="decimal"
      value={text}
      onChange={(typed) => onChange(typed, false)}
      placeholder={`0${words.decimalSign}0`}
      problem={problem}
      hint={
        all
          ? say('send.all')
          : say('send.available', {
              amount: words.amount(available),
              count: inTokens(available),
            })
      }
      side={
        <Button
          kind="quiet"
          onClick={() => onChange(words.exact(available), true)}
          data-testid="send-max"
        >
          {say('send.max')}
        </Button>
      }
      data-testid="send-amount"
    />
  );
}

function isSameAccount({ check }: Recipient, chainId: string, owner: string): boolean {
  return check?.recipient?.chainId === chainId && check.recipient.owner === owner;
}

function From({
  chain,
  sources,
  value,
  draft,
}: {
  chain: ChainView;
  sources: Source[];
  value: string;
  draft: TypedForm<Form>;
}) {
  const words = useWords();
  const { say } = words;
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
  const chains = state.chains.filter(canPropose);
  return (
    <>
      {chains.length > 1 && (
        <Choice
          label={say('send.from')}
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
          label={say('send.account')}
          value={value}
          options={sources.map(({ owner, balance }) => [
            owner,
            `${ownerName(owner, vault.accounts, words)}: ${words.amount(balance)}`,
          ])}
          onChange={(owner) => draft.change({ source: owner })}
          data-testid="send-source"
        />
      )}
    </>
  );
}

function RecipientHint({ known: { check, asking } }: { known: Recipient }) {
  const { say } = useWords();
  const { state } = useWallet();
  if (asking) return say('send.asking');
  if (!check?.recipient) return null;
  if (check.own) {
    const own = state.chains.find(({ chainId }) => chainId === check.recipient?.chainId);
    const text = own?.label ? say('send.ownNamed', { name: own.label }) : say('send.own');
    return <span className="good">{text}</span>;
  }
  if (check.exists) return <span className="good">{say('send.exists')}</span>;
  return null;
}

function RecipientNotice({ known: { check, asking } }: { known: Recipient }) {
  const { say } = useWords();
  if (asking || !check?.recipient || check.own || check.exists) return null;
  if (check.exists === false) {
    return (
      <Notice tone="bad" title={say('send.unknown')} data-testid="recipient-unknown">
        <p>{say('send.unknownText')}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="wait" title={say('send.unchecked')} data-testid="recipient-unchecked">
      <p>{say('send.uncheckedText')}</p>
    </Notice>
  );
}
