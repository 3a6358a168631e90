// One request, whatever its kind; the same for pages' and for the wallet's own.
import { useApproval, useAutoClose, type ApprovalProps } from '../model/use_approval.ts';
import { Button } from '../parts/button.tsx';
import { Empty, Spinner } from '../parts/notice.tsx';
import { ConnectApproval } from './approval_connect.tsx';
import { SignApproval } from './approval_sign.tsx';
import { TransferApproval } from './approval_transfer.tsx';

export function ApprovalScreen({ id, onDone, autoClose }: ApprovalProps & { id: string }) {
  const { approval, why } = useApproval(id);
  if (approval === undefined) return <Spinner label="Reading the request" />;
  // A transfer outlives its request: its result is shown by who approved it.
  return (
    <TransferApproval
      approval={approval?.kind === 'transfer' ? approval : null}
      onDone={onDone}
      autoClose={autoClose}
      otherwise={
        <>
          {approval === null && <Over why={why} onDone={onDone} autoClose={autoClose} />}
          {approval?.kind === 'connect' && <ConnectApproval approval={approval} onDone={onDone} />}
          {approval?.kind === 'signMessage' && <SignApproval approval={approval} onDone={onDone} />}
        </>
      }
    />
  );
}

function Over({ why, onDone, autoClose }: ApprovalProps & { why: string }) {
  useAutoClose(autoClose, onDone);
  return (
    <div className="page" data-testid="approval-over">
      <Empty icon="info" title="This request is over">
        <p>{why}</p>
        <Button kind="quiet" onClick={onDone}>
          Close
        </Button>
      </Empty>
    </div>
  );
}
