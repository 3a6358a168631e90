import { useState } from 'react';
import { parseChainId } from '@mica/wallet-contract/addresses';
import type { ChainView } from '@mica/wallet-contract/api';
import { totalOf } from '../model/money.ts';
import { route, useGo } from '../model/router.ts';
import { chainName, ownerName } from '../model/texts.ts';
import { useDraft } from '../model/use_draft.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button, IconButton } from '../parts/button.tsx';
import { ChainNotices } from '../parts/chain_notices.tsx';
import { Field } from '../parts/field.tsx';
import { Hash } from '../parts/hash.tsx';
import { Mark } from '../parts/icons.tsx';
import { Money } from '../parts/money.tsx';
import { Empty, Failure, Notice } from '../parts/notice.tsx';
import { UnusualPermissions } from '../parts/operations/permissions.tsx';
import { Card, Facts, Page } from '../parts/page.tsx';
import { useWords } from '../words/use_words.tsx';

export function ChainsScreen() {
  const { say } = useWords();
  const go = useGo();
  const { state } = useWallet();
  return (
    <Page id="chains" back="/">
      {state.chains.length === 0 && <Empty icon="chain" title={say('home.noChain')} />}
      <ul className="list">
        {state.chains.map((chain) => (
          <ChainRow key={chain.chainId} chain={chain} />
        ))}
      </ul>
      <div className="stack">
        <Button kind="quiet" icon="drop" onClick={() => go('/claim')} data-testid="chains-claim">
          {say('chains.get')}
        </Button>
        <Button kind="plain" icon="plus" onClick={() => go('/chains/add')} data-testid="chains-add">
          {say('chains.add')}
        </Button>
      </div>
    </Page>
  );
}

function ChainRow({ chain }: { chain: ChainView }) {
  const { say } = useWords();
  const go = useGo();
  const { wallet } = useWallet();
  const { run } = useAction();
  const choose = async () => {
    if (await run(() => wallet.setDefaultChain({ chainId: chain.chainId }))) go('/');
  };
  return (
    <li className="list-row">
      <button
        type="button"
        className="list-item"
        aria-current={chain.isDefault || undefined}
        onClick={() => void choose()}
        data-testid="chain-row"
        data-chain={chain.chainId}
      >
        <Mark id={chain.chainId} />
        <span className="list-main">
          <b>{chainName(chain)}</b>
          <small>
            <Hash id={chain.chainId} copy={false} what="chain" />
            {!chain.owner && ` · ${say('chains.isFollowed')}`}
            {chain.closed && ` · ${say('chains.isClosed')}`}
            {chain.notExecuted && ` · ${say('chains.isNotExecuted')}`}
            {chain.incomingCount > 0 && ` · ${say('chains.isIncoming')}`}
          </small>
        </span>
        <span className="list-side">
          <Money attos={totalOf(chain)} unit={false} />
        </span>
      </button>
      <IconButton
        icon="next"
        label={say('chains.details', { chain: chainName(chain) })}
        onClick={() => go(route('chains', chain.chainId))}
        data-testid="chain-details"
      />
    </li>
  );
}

export function AddChain() {
  const { say } = useWords();
  const go = useGo();
  const { wallet, state } = useWallet();
  const draft = useDraft(`add-chain/${state.network?.id}`, { text: '', label: '' });
  const { text, label } = draft.value;
  const [problem, setProblem] = useState<string | null>(null);
  const { run, busy, failure } = useAction();
  const add = async () => {
    const chainId = parseChainId(text);
    const known = state.chains.some((chain) => chain.chainId === chainId);
    if (known) return setProblem(say('addChain.known'));
    if (!chainId) return setProblem(say('addChain.malformed'));
    const good = await run(() => wallet.trackChain({ chainId, label: label.trim() }));
    if (good) {
      draft.drop();
      go('/chains');
    }
  };
  return (
    <Page
      id="add-chain"
      back="/chains"
      lead={say('addChain.lead')}
      onSubmit={() => void add()}
      foot={
        <Button type="submit" busy={busy} data-testid="add-chain">
          {busy ? say('addChain.busy') : say('addChain.do')}
        </Button>
      }
    >
      <Field
        label={say('fact.chainId')}
        className="mono"
        value={text}
        onChange={(value) => {
          draft.change({ text: value });
          setProblem(null);
        }}
        problem={problem}
        data-testid="add-chain-id"
      />
      <Field
        label={say('addChain.name')}
        value={label}
        onChange={(name) => draft.change({ label: name })}
        maxLength={40}
        data-testid="add-chain-label"
      />
      <Failure failure={failure} />
    </Page>
  );
}

export function ChainScreen({ id }: { id: string }) {
  const { say } = useWords();
  const { state } = useWallet();
  const chain = state.chains.find(({ chainId }) => chainId === id);
  return (
    <Page id="chain" title={chain && chainName(chain)} back="/chains">
      {chain ? <ChainFacts chain={chain} /> : <Empty icon="chain" title={say('chainPage.none')} />}
    </Page>
  );
}

function ChainFacts({ chain }: { chain: ChainView }) {
  const words = useWords();
  const { say } = words;
  const { vault, wallet } = useWallet();
  const go = useGo();
  const { run, busy, failure } = useAction();
  const { chainId } = chain;
  return (
    <>
      <Card>
        <Facts
          rows={[
            [say('fact.chainId'), <Hash key="id" id={chainId} what="chain" />],
            [
              say('fact.owner'),
              chain.owner
                ? ownerName(chain.owner, vault.accounts, words)
                : say('chainPage.notOurs'),
            ],
            [say('name.chainBalance'), <Money key="balance" attos={chain.chainBalance} />],
            ...chain.ownerBalances.map(
              ({ owner, balance }) =>
                [
                  ownerName(owner, vault.accounts, words),
                  <Money key={owner} attos={balance} />,
                ] as const,
            ),
            [say('chainPage.nextHeight'), `${chain.nextBlockHeight}`],
          ]}
        />
      </Card>
      <UnusualPermissions permissions={chain.applicationPermissions} />
      <ChainNotices chain={chain} />
      <Rename chain={chain} />
      <Button
        kind="quiet"
        onClick={() => go(route('chains', chainId, 'applications'))}
        data-testid="chain-applications"
      >
        {say('chainPage.applications')}
      </Button>
      <Button
        kind="quiet"
        icon="refresh"
        busy={busy || chain.busy === 'synchronizing'}
        onClick={() => void run(() => wallet.synchronize({ chainId }))}
        data-testid="synchronize"
      >
        {say('chainPage.compare')}
      </Button>
      <Failure failure={failure} />
      <Forget chain={chain} />
    </>
  );
}

function Rename({ chain }: { chain: ChainView }) {
  const { say } = useWords();
  const { wallet } = useWallet();
  const [label, setLabel] = useState(chain.label);
  const { run, busy, failure } = useAction();
  const save = () =>
    void run(() => wallet.labelChain({ chainId: chain.chainId, label: label.trim() }));
  return (
    <>
      <Field
        label={say('fact.name')}
        value={label}
        onChange={setLabel}
        maxLength={40}
        side={
          <Button kind="quiet" busy={busy} disabled={label.trim() === chain.label} onClick={save}>
            {say('do.save')}
          </Button>
        }
        data-testid="chain-label"
      />
      <Failure failure={failure} />
    </>
  );
}

function Forget({ chain }: { chain: ChainView }) {
  const { say } = useWords();
  const go = useGo();
  const { wallet } = useWallet();
  const [sure, setSure] = useState(false);
  const { run, busy, failure } = useAction();
  const forget = async () => {
    if (await run(() => wallet.forgetChain({ chainId: chain.chainId }))) go('/chains');
  };
  if (!sure) {
    return (
      <Button kind="plain" onClick={() => setSure(true)} data-testid="forget-chain">
        {say('chainPage.forget')}
      </Button>
    );
  }
  return (
    <Notice
      tone="wait"
      title={say('chainPage.forgetTitle')}
      action={
        <Button kind="danger" busy={busy} onClick={() => void forget()} data-testid="forget-sure">
          {say('chainPage.forgetSure')}
        </Button>
      }
    >
      <p>{say('chainPage.forgetText')}</p>
      <Failure failure={failure} />
    </Notice>
  );
}
