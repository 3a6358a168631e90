import type { ChainView } from '@mica/wallet-contract/api';
import { route, useGo } from '../model/router.ts';
import { waitingCount } from '../model/texts.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from './button.tsx';
import { Money } from './money.tsx';
import { Failure, Notice } from './notice.tsx';
import { Say, useWords } from '../words/use_words.tsx';

/** What goes on on the chain besides its balance. */
export function ChainNotices({ chain }: { chain: ChainView }) {
  const { say } = useWords();
  return (
    <>
      {!chain.owner && <Notice>{say('chain.followed')}</Notice>}
      {chain.closed && (
        <Notice tone="bad" title={say('chain.closed')} data-testid="chain-closed">
          <p>{say('chain.closedText')}</p>
        </Notice>
      )}
      <Incoming chain={chain} />
      <Waiting chain={chain} />
      <Unprocessed chain={chain} />
      <PendingBlock chain={chain} />
      {chain.failure && chain.pendingHeight === null && (
        <Failure failure={chain.failure} standing />
      )}
      {!chain.synchronized && !chain.busy && <Notice>{say('chain.notCompared')}</Notice>}
    </>
  );
}

const hasIncoming = (chain: ChainView) => chain.incomingCount > waitingCount(chain);

/** The button that makes a receiving block, and why that failed. */
function useReceive(chain: ChainView) {
  const { say } = useWords();
  const { wallet } = useWallet();
  const { run, busy, failure } = useAction();
  const receiving = chain.busy === 'receiving' || busy;
  const button = chain.owner && (
    <Button
      kind="quiet"
      busy={receiving}
      onClick={() => void run(() => wallet.receive({ chainId: chain.chainId }))}
      data-testid="receive-now"
    >
      {receiving ? say('chain.receiving') : say('chain.receiveNow')}
    </Button>
  );
  return { button, failure };
}

function Incoming({ chain }: { chain: ChainView }) {
  const { say } = useWords();
  const { state } = useWallet();
  const { button, failure } = useReceive(chain);
  if (!hasIncoming(chain)) return null;
  return (
    <>
      <Notice
        tone="good"
        title={
          <Say
            id="chain.incoming"
            values={{ amount: <Money attos={chain.incomingAmount} sign /> }}
          />
        }
        action={button}
        data-testid="incoming"
      >
        {!state.settings.autoReceive && (
          <p>{say('chain.receivingOff', { count: chain.incomingCount })}</p>
        )}
      </Notice>
      <Failure failure={failure} />
    </>
  );
}

/** Messages that no block could receive yet; what their senders sent later waits with them. */
function Waiting({ chain }: { chain: ChainView }) {
  const { say } = useWords();
  const messages = waitingCount(chain);
  if (messages === 0) return null;
  return (
    <Notice title={say('chain.waiting', { count: messages })} data-testid="waiting">
      {chain.waiting.map(({ reason, count }) => (
        <p key={reason} data-reason={reason}>
          {say(`chain.waits.${reason}`, { count })}
        </p>
      ))}
    </Notice>
  );
}

/** Events and changes of the committee that no block has taken in; why is the chain's failure. */
function Unprocessed({ chain }: { chain: ChainView }) {
  const { say } = useWords();
  const { state } = useWallet();
  const { button, failure } = useReceive(chain);
  const { newEvents, epochChanges } = chain;
  if (!chain.owner || chain.closed || newEvents + epochChanges === 0) return null;
  const isOff = !state.settings.autoReceive;
  return (
    <>
      <Notice
        title={
          newEvents > 0
            ? say('chain.events', { count: newEvents })
            : say('chain.epochs', { count: epochChanges })
        }
        action={!hasIncoming(chain) && button}
        data-testid="unprocessed"
      >
        {newEvents > 0 && <p>{say('chain.eventsText')}</p>}
        {epochChanges > 0 && <p>{say('chain.epochsText')}</p>}
        <p>{isOff ? say('chain.takingOff') : say('chain.takingOn')}</p>
      </Notice>
      <Failure failure={failure} />
    </>
  );
}

function ApproveAgain({ chain }: { chain: ChainView }) {
  const { say } = useWords();
  const go = useGo();
  const { wallet } = useWallet();
  const { run, busy, failure } = useAction();
  const show = async () => {
    const { approvalId } = await wallet.showPending({ chainId: chain.chainId });
    go(route('approval', approvalId));
  };
  return (
    <>
      <Notice
        tone="wait"
        title={say('chain.yesAgain')}
        action={
          <Button
            kind="quiet"
            busy={busy}
            onClick={() => void run(show)}
            data-testid="show-pending"
          >
            {say('chain.lookApprove')}
          </Button>
        }
        data-testid="pending-again"
      >
        <p>{say('chain.yesAgainText')}</p>
      </Notice>
      <Failure failure={failure} />
    </>
  );
}

function PendingBlock({ chain }: { chain: ChainView }) {
  const { say } = useWords();
  const { wallet } = useWallet();
  const { run, busy, failure } = useAction();
  if (chain.pendingHeight === null) return null;
  // It needs a signature for another round, and the vault was started anew since the yes.
  if (chain.failure?.code === 'SignerRefused') return <ApproveAgain chain={chain} />;
  return (
    <>
      <Notice
        tone="wait"
        title={say('chain.pending')}
        action={
          <Button
            kind="quiet"
            icon="refresh"
            busy={busy}
            onClick={() => void run(() => wallet.retryPending({ chainId: chain.chainId }))}
            data-testid="retry-pending"
          >
            {say('do.tryAgain')}
          </Button>
        }
        data-testid="pending"
      >
        <p>{say('chain.pendingText', { height: `${chain.pendingHeight}` })}</p>
      </Notice>
      <Failure
        failure={failure ?? (chain.failure?.code === 'OutcomeUnknown' ? null : chain.failure)}
      />
    </>
  );
}
