import { useEffect, useState } from 'react';
import type { ActivityEntry } from '@mica/wallet-contract/api';
import { foreignIn } from '@mica/wallet-contract/foreign_text';
import { chainName, fullTime, stateWords } from '../model/texts.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { ActivityList, StateTag, useActivity } from '../parts/activity_list.tsx';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/field.tsx';
import { CopyButton, Hash, Sentence } from '../parts/hash.tsx';
import { Money } from '../parts/money.tsx';
import { Empty, Failure, Spinner } from '../parts/notice.tsx';
import { Card, Facts, Page } from '../parts/page.tsx';

const PAGE_ENTRIES = 20;

export function ActivityScreen() {
  const { state, chain: current } = useWallet();
  const [chosen, setChosen] = useState<string | null>(null);
  const chain = state.chains.find(({ chainId }) => chainId === chosen) ?? current;
  return (
    <Page id="activity" title="Activity">
      {!chain && <Empty icon="activity" title="No chain yet" />}
      {chain && state.chains.length > 1 && (
        <Choice
          label="Chain"
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

function ChainActivity({ chainId }: { chainId: string }) {
  const { entries, complete, older } = useActivity(chainId, PAGE_ENTRIES);
  const { run, busy, failure } = useAction();
  return (
    <>
      <ActivityList entries={entries} />
      {!complete && (
        <Button
          kind="plain"
          busy={busy}
          onClick={() => void run(older)}
          data-testid="activity-older"
        >
          Show older
        </Button>
      )}
      <Failure failure={failure} />
    </>
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
  const entry = useEntry(chainId, /^\d{1,20}$/.test(height) ? BigInt(height) : null);
  return (
    <Page id="activity-detail" title="Block" back="/activity">
      {entry === undefined && <Spinner label="Reading" />}
      {entry === null && <Empty icon="activity" title="There is no such block here" />}
      {entry && <Detail entry={entry} />}
    </Page>
  );
}

function Detail({ entry }: { entry: ActivityEntry }) {
  const { wallet } = useWallet();
  const [certificate, setCertificate] = useState<string | null>(null);
  const { run, busy, failure } = useAction();
  const read = async () => {
    setCertificate((await wallet.getCertificate({ blockHash: entry.blockHash })).certificate);
  };
  return (
    <>
      <p className="sentence">
        <Sentence text={entry.sentence} />
      </p>
      <p className="row">
        <StateTag state={entry.state} /> <span className="soft">{stateWords[entry.state][1]}</span>
      </p>
      <Card>
        <Facts
          rows={[
            ['Amount', <Money key="amount" attos={entry.amount} sign />],
            ['Time', fullTime(entry.time)],
            ['Chain', <Hash key="chain" id={entry.chainId} what="chain id" />],
            entry.counterparty
              ? ['Other side', <Hash key="other" id={entry.counterparty} what="address" />]
              : null,
            ['Height', entry.height.toString()],
            [
              'Block hash',
              <Hash key="hash" id={entry.blockHash} what="block hash" data-testid="block-hash" />,
            ],
          ]}
        />
      </Card>
      {entry.details.length > 1 && (
        <Card title="All that this block did">
          <ul className="lines">
            {entry.details.map((text, at) => (
              <li key={at}>{text}</li>
            ))}
          </ul>
        </Card>
      )}
      {entry.state !== 'proposed' && !certificate && (
        <Button kind="plain" busy={busy} onClick={() => void run(read)}>
          Show the certificate
        </Button>
      )}
      {certificate && (
        <Card
          title="Certificate"
          side={<CopyButton text={certificate} label="Copy the certificate" words="Copy" />}
        >
          <p className="soft">Anybody can check with it that the validators signed this block.</p>
          <pre className="raw">{certificate}</pre>
        </Card>
      )}
      <Failure failure={failure} />
    </>
  );
}
