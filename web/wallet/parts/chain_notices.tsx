import type { ChainView } from '@mica/wallet-contract/api';
import { canPropose } from '../model/can_propose.ts';
import { route, useGo } from '../model/router.ts';
import { waitingCount } from '../model/texts.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from './button.tsx';
import { Hash } from './hash.tsx';
import { Money } from './money.tsx';
import { Failure, LogDetails, Notice } from './notice.tsx';
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
      <NotExecuted chain={chain} />
      <Locked chain={chain} />
      <Incoming chain={chain} />
      <Waiting chain={chain} />
      <Unprocessed chain={chain} />
      <PendingBlock chain={chain} />
      {chain.pendingHeight === null && <Failure failure={standingFailure(chain)} standing />}
      {!chain.synchronized && !chain.busy && !chain.notExecuted && (
        <Notice>{say('chain.notCompared')}</Notice>
      )}
    </>
  );
}

// What has a notice of its own is not said again.
const standingFailure = ({ failure, notExecuted, locked }: ChainView) =>
  (notExecuted && failure?.code === 'Unsupported') || (locked && failure?.code === 'LockedByOther')
    ? null
    : failure;

/** What is shown of the chain is old, and why. */
function NotExecuted({ chain: { notExecuted, owner } }: { chain: ChainView }) {
  const { say } = useWords();
  if (!notExecuted) return null;
  const height = `${notExecuted.height}`;
  const last = `${notExecuted.lastCertified}`;
  return (
    <Notice
      tone="bad"
      title={say('chain.notExecuted', { height })}
      data-testid="chain-not-executed"
    >
      <p>{say('chain.notExecutedText', { height, last })}</p>
      {owner && <p>{say('chain.notExecutedSend')}</p>}
      <LogDetails message={notExecuted.reason} />
    </Notice>
  );
}

const hasIncoming = (chain: ChainView) => chain.incomingCount > waitingCount(chain);

/** The button that makes a receiving block, and why that failed. */
function useReceive(chain: ChainView) {
  const { say } = useWords();
  const { wallet } = useWallet();
  const { run, busy, failure } = useAction();
  const receiving = chain.busy === 'receiving' || busy;
  const button = chain.owner && !chain.notExecuted && (
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
  if (!canPropose(chain) || newEvents + epochChanges === 0) return null;
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

/** Another owner's block, or one of another device, that must be certified before any other. */
function Locked({ chain }: { chain: ChainView }) {
  const { say } = useWords();
  const go = useGo();
  const { wallet } = useWallet();
  const { run, busy, failure } = useAction();
  const { locked, chainId } = chain;
  if (!locked || !canPropose(chain)) return null;
  const show = async () => {
    const { approvalId } = await wallet.showLocked({ chainId });
    go(route('approval', approvalId));
  };
  return (
    <>
      <Notice
        tone="wait"
        title={say('chain.locked')}
        action={
          <Button kind="quiet" busy={busy} onClick={() => void run(show)} data-testid="show-locked">
            {say('chain.lookApprove')}
          </Button>
        }
        data-testid="chain-locked"
      >
        <p>
          {say(locked.validated ? 'chain.lockedText' : 'chain.lockedFastText', {
            height: `${locked.height}`,
          })}
        </p>
        {locked.signer && <Hash id={locked.signer} what="owner" />}
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
  if (chain.pendingHeight === null || chain.locked) return null;
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
