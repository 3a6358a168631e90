import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ActivityEntry, ChainIdText } from '@mica/wallet-contract/api';
import { foreignIn } from '@mica/wallet-contract/foreign_text';
import { ActivityPages } from '../model/activity_pages.ts';
import { route } from '../model/router.ts';
import { useWallet } from '../model/use_wallet.tsx';
import { Icon, type IconName } from './icons.tsx';
import { Money } from './money.tsx';
import { Empty, Spinner } from './notice.tsx';
import { EntrySentence } from './operations/lines.tsx';
import { useWords } from '../words/use_words.tsx';

const icons: Record<ActivityEntry['direction'], IconName> = {
  in: 'receive',
  out: 'send',
  self: 'self',
  none: 'chain',
};

export interface Activity {
  /** Newest first. Null: not read yet. */
  entries: ActivityEntry[] | null;
  complete: boolean;
  older(): Promise<void>;
  pages: ActivityPages;
}

/**
 * A page, and older ones when asked; read again when the chain says that something is new. `kept`:
 * those that were read before.
 */
export function useActivity(
  chainId: ChainIdText,
  pageSize: number,
  kept: ActivityPages | null = null,
): Activity {
  const { wallet, state } = useWallet();
  const chain = state.chains.find((one) => one.chainId === chainId);
  const [entries, setEntries] = useState(() => kept && foreignIn(kept.entries));
  const pages = useMemo(
    () => kept ?? new ActivityPages((page) => wallet.getActivity({ chainId, ...page }), pageSize),
    [wallet, chainId, pageSize, kept],
  );
  const turn = useRef<Promise<void>>(Promise.resolve());
  // One reading after the other, for each goes on from the one before.
  const next = useCallback((read: () => Promise<void>) => {
    const done = turn.current.then(read);
    turn.current = done.catch(() => undefined);
    return done;
  }, []);
  const show = useCallback(() => setEntries(foreignIn(pages.entries)), [pages]);
  useEffect(() => {
    const read = () => void next(() => pages.newest()).then(show, show);
    read();
    return wallet.on('activity', (news) => void (news.chainId === chainId && read()));
  }, [wallet, chainId, pages, next, show, chain?.nextBlockHeight, chain?.pendingHeight]);
  const older = useCallback(() => next(() => pages.older()).then(show), [pages, next, show]);
  return { entries, complete: entries === null || pages.complete, older, pages };
}

export function StateTag({ state }: { state: ActivityEntry['state'] }) {
  const { say } = useWords();
  return (
    <span className="tag" data-state={state} title={say(`state.${state}Text`)}>
      {say(`state.${state}`)}
    </span>
  );
}

export function ActivityList({ entries }: { entries: ActivityEntry[] | null }) {
  const words = useWords();
  const { say } = words;
  if (!entries) return <Spinner label={say('said.reading')} />;
  if (entries.length === 0) {
    return (
      <Empty icon="activity" title={say('activity.none')}>
        <p>{say('activity.noneText')}</p>
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
                <EntrySentence entry={entry} />
              </b>
              <small>
                <StateTag state={entry.state} />{' '}
                <time title={words.time(entry.time)}>{words.timeAgo(entry.time, now)}</time>
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
