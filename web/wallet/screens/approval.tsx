// One request, whatever its kind; the same for pages' and for the wallet's own.
import type { WalletFailure } from '@mica/wallet-contract/api';
import { explain } from '../model/errors.ts';
import { useApproval, useAutoClose, type ApprovalProps } from '../model/use_approval.ts';
import { Button } from '../parts/button.tsx';
import { Empty, FailureDetails, Spinner } from '../parts/notice.tsx';
import { BlockRequest } from './approval_block.tsx';
import { ConnectRequest } from './approval_connect.tsx';
import { TextRequest } from './approval_text.tsx';
import { useWords } from '../words/use_words.tsx';

export function ApprovalScreen({ id, onDone, autoClose }: ApprovalProps & { id: string }) {
  const { say } = useWords();
  const { approval, why } = useApproval(id);
  if (approval === undefined) return <Spinner label={say('approval.reading')} />;
  // A block outlives its request: its result is shown by who approved it.
  return (
    <BlockRequest
      approval={approval?.kind === 'block' ? approval : null}
      onDone={onDone}
      autoClose={autoClose}
      otherwise={
        <>
          {approval === null && <Over why={why} onDone={onDone} autoClose={autoClose} />}
          {approval?.kind === 'connect' && <ConnectRequest approval={approval} onDone={onDone} />}
          {approval?.kind === 'text' && <TextRequest approval={approval} onDone={onDone} />}
        </>
      }
    />
  );
}

function Over({ why, onDone, autoClose }: ApprovalProps & { why: WalletFailure | null }) {
  const words = useWords();
  const { say } = words;
  const facts = why && explain(why, words).facts;
  useAutoClose(autoClose, onDone);
  return (
    <div className="page" data-testid="approval-over">
      <Empty icon="info" title={say('approval.over')}>
        {facts && <p>{facts}</p>}
        <FailureDetails failure={why} />
        <Button kind="quiet" onClick={onDone}>
          {say('do.close')}
        </Button>
      </Empty>
    </div>
  );
}
