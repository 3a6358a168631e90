import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ActivityEntry } from '@mica/wallet-contract/api';
import { foreignIn } from '@mica/wallet-contract/foreign_text';
import { chainName } from '../model/texts.ts';
import { useAction, useStore, useWallet } from '../model/use_wallet.tsx';
import { ActivityList, StateTag, useActivity } from '../parts/activity_list.tsx';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/field.tsx';
import { CopyButton, Hash } from '../parts/hash.tsx';
import { Money } from '../parts/money.tsx';
import { Empty, Failure, Spinner } from '../parts/notice.tsx';
import { EntrySentence, LineSentence } from '../parts/operations/lines.tsx';
import { Card, Facts, Page } from '../parts/page.tsx';
import { useWords } from '../words/use_words.tsx';

const PAGE_ENTRIES = 20;

export function ActivityScreen() {
  const { say } = useWords();
  const { state, chain: current } = useWallet();
  const { leftActivity } = useStore();
  const [chosen, setChosen] = useState(leftActivity?.chainId ?? null);
  const chain = state.chains.find(({ chainId }) => chainId === chosen) ?? current;
  return (
    <Page id="activity">
      {!chain && <Empty icon="activity" title={say('home.noChain')} />}
      {chain && state.chains.length > 1 && (
        <Choice
          label={say('fact.chain')}
          value={chain.chainId}
          options={state.chains.map((one) => [one.chainId, chainName(one)])}
          onChange={setChosen}
          data-testid="activity-chain"
        />
      )}
      {chain && <ChainActivity key={chain.chainId} chainId={chain.chainId} />}
    </Page>
  );
}

/** Who goes to a block of the list and comes back finds it as it was. */
function ChainActivity({ chainId }: { chainId: string }) {
  const { say } = useWords();
  const store = useStore();
  const [left] = useState(() =>
    store.leftActivity?.chainId === chainId ? store.leftActivity : null,
  );
  const { entries, complete, older, pages } = useActivity(
    chainId,
    PAGE_ENTRIES,
    left?.pages ?? null,
  );
  const { run, busy, failure } = useAction();
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const content = list.current?.closest('.content');
    if (!content) return;
    if (left) content.scrollTop = left.top;
    return () => {
      const toBlock = location.hash.startsWith('#/activity/');
      store.leftActivity = toBlock ? { chainId, pages, top: content.scrollTop } : null;
    };
  }, [store, chainId, pages, left]);
  return (
    <div className="page-body" ref={list}>
      <ActivityList entries={entries} />
      {!complete && (
        <Button
          kind="plain"
          busy={busy}
          onClick={() => void run(older)}
          data-testid="activity-older"
        >
          {say('activity.older')}
        </Button>
      )}
      <Failure failure={failure} />
    </div>
  );
}

function useEntry(chainId: string, height: bigint | null) {
  const { wallet } = useWallet();
  const [entry, setEntry] = useState<ActivityEntry | null | undefined>(undefined);
  useEffect(() => {
    if (height === null) return setEntry(null);
    const read = () =>
      wallet.getActivity({ chainId, below: height + 1n, limit: 1 }).then(
        ([found]) => setEntry(found?.height === height ? foreignIn(found) : null),
        () => setEntry(null),
      );
    void read();
    return wallet.on('activity', (news) => void (news.chainId === chainId && read()));
  }, [wallet, chainId, height]);
  return entry;
}

export function ActivityDetail({ chainId, height }: { chainId: string; height: string }) {
  const { say } = useWords();
  const entry = useEntry(chainId, /^\d{1,20}$/.test(height) ? BigInt(height) : null);
  return (
    <Page id="activity-detail" back="/activity">
      {entry === undefined && <Spinner label={say('said.reading')} />}
      {entry === null && <Empty icon="activity" title={say('block.none')} />}
      {entry && <EntryDetail entry={entry} />}
    </Page>
  );
}

export function EntryDetail({ entry }: { entry: ActivityEntry }) {
  const words = useWords();
  const { say } = words;
  const { wallet } = useWallet();
  const [certificate, setCertificate] = useState<string | null>(null);
  const { run, busy, failure } = useAction();
  const read = async () => {
    setCertificate((await wallet.getCertificate({ blockHash: entry.blockHash })).certificate);
  };
  return (
    <>
      <p className="sentence">
        <EntrySentence entry={entry} />
      </p>
      <p className="row">
        <StateTag state={entry.state} />{' '}
        <span className="soft">{say(`state.${entry.state}Text`)}</span>
      </p>
      <Card>
        <Facts
          rows={[
            [say('fact.amount'), <Money key="amount" attos={entry.amount} sign />],
            [say('fact.time'), words.time(entry.time)],
            [say('fact.chain'), <Hash key="chain" id={entry.chainId} what="chain" />],
            entry.counterparty
              ? [
                  say('block.otherSide'),
                  <Hash key="other" id={entry.counterparty} what="address" />,
                ]
              : null,
            [say('fact.height'), `${entry.height}`],
            // Before that it may be another: its state hash may be the validators' own.
            entry.state === 'proposed'
              ? null
              : [
                  say('fact.blockHash'),
                  <Hash key="hash" id={entry.blockHash} what="block" data-testid="block-hash" />,
                ],
          ]}
        />
      </Card>
      {entry.lines.length > 1 && (
        <Card title={say('block.all')}>
          <ul className="lines">
            {entry.lines.map((line, at) => (
              <li key={at}>
                <LineSentence line={line} chainId={entry.chainId} tense="done" />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {entry.state !== 'proposed' && !certificate && (
        <Button kind="plain" busy={busy} onClick={() => void run(read)}>
          {say('block.showCertificate')}
        </Button>
      )}
      {certificate && <Certificate text={certificate} />}
      <Failure failure={failure} />
    </>
  );
}

function Certificate({ text }: { text: string }) {
  const { say } = useWords();
  return (
    <Card
      title={say('block.certificate')}
      side={<CopyButton text={text} label={say('block.copyCertificate')} words={say('do.copy')} />}
    >
      <p className="soft">{say('block.certificateText')}</p>
      <pre className="raw">{text}</pre>
    </Card>
  );
}
