// The queue of pages' requests, one at a time, in a window of its own.
import { useCallback, useEffect, useState } from 'react';
import { useAction, useHost, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Spinner } from '../parts/notice.tsx';
import { ApprovalScreen } from './approval.tsx';
import { useWords } from '../words/use_words.tsx';

export function ApprovalWindow({ id }: { id?: string | undefined }) {
  const { say } = useWords();
  const { state, wallet } = useWallet();
  const { close } = useHost();
  const [named, setNamed] = useState<string | null>(id ?? null);
  // What was answered here is over before the state says so.
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  const queue = state.approvals.filter((one) => one.origin !== null && !answered.has(one.id));
  const oldest = queue[0]?.id ?? null;
  useEffect(() => setNamed((now) => now ?? oldest), [named, oldest]);
  const opening = state.network?.status === 'opening';
  const over = named === null && oldest === null && !opening;
  useEffect(() => {
    if (over) close();
  }, [over, close]);
  const next = useCallback(() => {
    if (named) setAnswered((before) => new Set([...before, named]));
    setNamed(null);
  }, [named]);
  const { run, busy } = useAction();
  const rejectAll = () =>
    run(async () => {
      for (const one of queue) await wallet.reject({ id: one.id });
    });
  const others = queue.filter((one) => one.id !== named).length;
  return (
    <main className="alone approval-window">
      {named ? (
        <ApprovalScreen key={named} id={named} onDone={next} autoClose />
      ) : (
        <Spinner label={say('approval.none')} />
      )}
      {others > 0 && (
        <p className="queue" data-testid="approval-queue">
          {say('approval.more', { count: others })}
          <Button
            kind="plain"
            busy={busy}
            onClick={() => void rejectAll()}
            data-testid="reject-all"
          >
            {say('approval.rejectAll')}
          </Button>
        </p>
      )}
    </main>
  );
}
