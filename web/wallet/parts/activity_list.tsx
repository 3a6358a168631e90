import { useCallback, useEffect, useState } from 'react';
import type { ActivityEntry, ChainIdText } from '../../../js-bindings/src/wallet/api.ts';
import { foreignIn } from '../../../js-bindings/src/wallet/foreign_text.ts';
import { route } from '../model/router.ts';
import { fullTime, stateWords, timeAgo } from '../model/texts.ts';
import { useWallet } from '../model/use_wallet.tsx';
import { Sentence } from './hash.tsx';
import { Icon, type IconName } from './icons.tsx';
import { Money } from './money.tsx';
import { Empty, Spinner } from './notice.tsx';

const icons: Record<ActivityEntry['direction'], IconName> = {
  in: 'receive',
  out: 'send',
  self: 'self',
  none: 'chain',
};

/** Newest first; read again when the chain says that something is new. Null: not read yet. */
export function useActivity(chainId: ChainIdText, limit: number): ActivityEntry[] | null {
  const { wallet, state } = useWallet();
  const chain = state.chains.find((one) => one.chainId === chainId);
  const [entries, setEntries] = useState<ActivityEntry[] | null>(null);
  const read = useCallback(
    () =>
      wallet.getActivity({ chainId, limit }).then(
        (read) => setEntries(foreignIn(read)),
        () => setEntries((old) => old ?? []),
      ),
    [wallet, chainId, limit],
  );
  useEffect(() => {
    void read();
    return wallet.on('activity', (news) => void (news.chainId === chainId && read()));
  }, [wallet, chainId, read, chain?.nextBlockHeight, chain?.pendingHeight]);
  return entries;
}

export function StateTag({ state }: { state: ActivityEntry['state'] }) {
  return (
    <span className="tag" data-state={state} title={stateWords[state][1]}>
      {stateWords[state][0]}
    </span>
  );
}

export function ActivityList({ entries }: { entries: ActivityEntry[] | null }) {
  if (!entries) return <Spinner label="Reading" />;
  if (entries.length === 0) {
    return (
      <Empty icon="activity" title="Nothing yet">
        <p>What you send and receive shows here.</p>
      </Empty>
    );
  }
  const now = Date.now();
  return (
    <ul className="list" data-testid="activity-list">
      {entries.map((entry) => (
        <li key={`${entry.height}`}>
          <a
            className="list-item"
            href={`#${route('activity', entry.chainId, entry.height.toString())}`}
            data-testid="activity-entry"
            data-state={entry.state}
            data-height={entry.height.toString()}
          >
            <span className="round" data-direction={entry.direction}>
              <Icon name={icons[entry.direction]} size={18} />
            </span>
            <span className="list-main">
              <b>
                <Sentence text={entry.sentence} />
              </b>
              <small>
                <StateTag state={entry.state} />{' '}
                <time title={fullTime(entry.time)}>{timeAgo(entry.time, now)}</time>
              </small>
            </span>
            {entry.amount !== 0n && (
              <span className="list-side" data-direction={entry.direction}>
                <Money attos={entry.amount} sign unit={false} />
              </span>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}
