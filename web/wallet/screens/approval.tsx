// One request, whatever its kind; the same for pages' and for the wallet's own.
import { useEffect } from 'react';
import { useApproval } from '../model/use_approval.ts';
import { hostOf } from '../model/texts.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icons.tsx';
import { Empty, Spinner } from '../parts/notice.tsx';
import { ConnectApproval } from './approval_connect.tsx';
import { SignApproval } from './approval_sign.tsx';
import { TransferApproval } from './approval_transfer.tsx';

const CLOSE_AFTER_MS = 1500;

export interface ApprovalProps {
  onDone(): void;
  /** The window goes when there is nothing left to say. */
  autoClose?: boolean | undefined;
}

export function ApprovalScreen({ id, onDone, autoClose }: ApprovalProps & { id: string }) {
  const approval = useApproval(id);
  if (approval === undefined) return <Spinner label="Reading the request" />;
  // A transfer outlives its request: its result is shown by who approved it.
  return (
    <TransferApproval
      approval={approval?.kind === 'transfer' ? approval : null}
      onDone={onDone}
      autoClose={autoClose}
      otherwise={
        <>
          {approval === null && <Over onDone={onDone} autoClose={autoClose} />}
          {approval?.kind === 'connect' && <ConnectApproval approval={approval} onDone={onDone} />}
          {approval?.kind === 'signMessage' && <SignApproval approval={approval} onDone={onDone} />}
        </>
      }
    />
  );
}

export function useAutoClose(active: boolean | undefined, onDone: () => void): void {
  useEffect(() => {
    if (!active) return;
    const timer = setTimeout(onDone, CLOSE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [active, onDone]);
}

function Over({ onDone, autoClose }: ApprovalProps) {
  useAutoClose(autoClose, onDone);
  return (
    <div className="page" data-testid="approval-over">
      <Empty icon="info" title="This request is over">
        <p>It was answered in another window, or the page took it back.</p>
        <Button kind="quiet" onClick={onDone}>
          Close
        </Button>
      </Empty>
    </div>
  );
}

/** Who asks: the address that the browser vouches for. */
export function Asker({ origin, asks }: { origin: string | null; asks: string }) {
  if (origin === null) return null;
  const insecure = origin.startsWith('http:');
  return (
    <p className="asker" data-testid="approval-origin" data-origin={origin}>
      <Icon name={insecure ? 'warning' : 'globe'} size={18} />
      <span>
        <b title={origin}>{hostOf(origin)}</b> {asks}
      </span>
    </p>
  );
}
