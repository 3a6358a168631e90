import type { ChainState } from '@mica/wallet-contract/api';
import { ownBalance, totalOf } from '../model/money.ts';
import { route, useGo } from '../model/router.ts';
import { chainName, count, hostOf, ownerName, waitingCount, waitWords } from '../model/texts.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { ActivityList, useActivity } from '../parts/activity_list.tsx';
import { Button } from '../parts/button.tsx';
import { Hash } from '../parts/hash.tsx';
import { Icon, Mark } from '../parts/icons.tsx';
import { Money } from '../parts/money.tsx';
import { NetworkNotice, StoreLostNotice } from '../parts/network_notice.tsx';
import { Empty, Failure, Notice, Spinner } from '../parts/notice.tsx';
import { useHeading } from '../parts/page.tsx';

const RECENT = 4;

export function Home() {
  const { chain, state } = useWallet();
  const heading = useHeading('Wallet');
  const ready = state.network?.status === 'ready' || state.chains.length > 0;
  return (
    <div className="page home" data-testid="screen-home">
      <h1 ref={heading} tabIndex={-1} className="unseen">
        Wallet
      </h1>
      <Requests />
      <NetworkNotice />
      <StoreLostNotice />
      {chain && <ChainHome chain={chain} />}
      {!chain && ready && <NoChain />}
      {!chain && state.network?.status === 'opening' && <Spinner label="Opening the network" />}
    </div>
  );
}

/** Pages' requests that wait: this window can answer them too. */
function Requests() {
  const go = useGo();
  const { state } = useWallet();
  const [first] = state.approvals;
  if (!first) return null;
  const others = state.approvals.length - 1;
  return (
    <Notice
      tone="wait"
      title={first.origin ? `${hostOf(first.origin)} asks` : 'A transfer waits for your yes'}
      action={
        <Button onClick={() => go(route('approval', first.id))} data-testid="open-approval">
          Look at it
        </Button>
      }
      data-testid="approval-waiting"
    >
      {others > 0 && <p>and {count(others, 'more request')}</p>}
    </Notice>
  );
}

function NoChain() {
  const go = useGo();
  return (
    <Empty icon="chain" title="No chain yet">
      <p>Money lives on a chain of your own. The faucet gives you one.</p>
      <div className="stack">
        <Button onClick={() => go('/claim')} data-testid="first-chain">
          Get a chain
        </Button>
        <Button kind="plain" onClick={() => go('/find')} data-testid="find-chains">
          I have chains already
        </Button>
      </div>
    </Empty>
  );
}

function ChainHome({ chain }: { chain: ChainState }) {
  const go = useGo();
  const { vault, state } = useWallet();
  const own = ownBalance(chain);
  const { entries } = useActivity(chain.chainId, RECENT);
  return (
    <>
      <section className="balance-card">
        <button
          type="button"
          className="chain-button"
          onClick={() => go('/chains')}
          data-testid="chain-switch"
        >
          <Mark id={chain.chainId} size={22} />
          <span>{chainName(chain)}</span>
          <Icon name="next" size={16} />
          <span className="unseen">Switch the chain</span>
        </button>
        <p className="balance">
          <Money attos={totalOf(chain)} data-testid="balance" />
        </p>
        {own > 0n && chain.owner && (
          <dl className="split">
            <dt>Chain balance</dt>
            <dd>
              <Money attos={chain.chainBalance} unit={false} data-testid="chain-balance" />
            </dd>
            <dt>{ownerName(chain.owner, vault.accounts)}</dt>
            <dd>
              <Money attos={own} unit={false} data-testid="owner-balance" />
            </dd>
          </dl>
        )}
        <p className="balance-id">
          <Hash id={chain.chainId} what="chain id" data-testid="chain-id" />
        </p>
        <div className="actions">
          <Button
            icon="send"
            disabled={!chain.owner || chain.closed}
            onClick={() => go('/send')}
            data-testid="send"
          >
            Send
          </Button>
          <Button kind="quiet" icon="receive" onClick={() => go('/receive')} data-testid="receive">
            Receive
          </Button>
        </div>
      </section>
      <ChainNotices chain={chain} />
      {state.network?.status !== 'failed' && (
        <section className="recent">
          <div className="card-head">
            <h2>Recent</h2>
            <a href="#/activity">All</a>
          </div>
          <ActivityList entries={entries} />
        </section>
      )}
    </>
  );
}

/** What goes on on the chain besides its balance. */
export function ChainNotices({ chain }: { chain: ChainState }) {
  return (
    <>
      {!chain.owner && (
        <Notice>You only follow this chain: no account of this wallet owns it.</Notice>
      )}
      {chain.closed && (
        <Notice tone="bad" title="This chain is closed" data-testid="chain-closed">
          <p>Nothing can be sent from it any more, and what comes to it is sent back.</p>
        </Notice>
      )}
      <Incoming chain={chain} />
      <Waiting chain={chain} />
      <PendingBlock chain={chain} />
      {chain.failure && chain.pendingHeight === null && (
        <Failure failure={chain.failure} standing />
      )}
      {!chain.synchronized && !chain.busy && (
        <Notice>Not compared with the validators yet: the balance may be older.</Notice>
      )}
    </>
  );
}

function Incoming({ chain }: { chain: ChainState }) {
  const { wallet, state } = useWallet();
  const { run, busy, failure } = useAction();
  if (chain.incomingCount === waitingCount(chain)) return null;
  const receiving = chain.busy === 'receiving' || busy;
  const button = chain.owner && (
    <Button
      kind="quiet"
      busy={receiving}
      onClick={() => void run(() => wallet.receive({ chainId: chain.chainId }))}
      data-testid="receive-now"
    >
      {receiving ? 'Receiving…' : 'Receive now'}
    </Button>
  );
  return (
    <>
      <Notice
        tone="good"
        title={
          <>
            <Money attos={chain.incomingAmount} sign /> incoming
          </>
        }
        action={button}
        data-testid="incoming"
      >
        {!state.settings.autoReceive && (
          <p>Receiving by itself is switched off: {count(chain.incomingCount, 'message')} wait.</p>
        )}
      </Notice>
      <Failure failure={failure} />
    </>
  );
}

/** Messages that no block could receive yet; what their senders sent later waits with them. */
function Waiting({ chain }: { chain: ChainState }) {
  const messages = waitingCount(chain);
  if (messages === 0) return null;
  return (
    <Notice title={`${count(messages, 'message')} waiting`} data-testid="waiting">
      {chain.waiting.map(({ reason, count: some }) => (
        <p key={reason} data-reason={reason}>
          {some} {waitWords[reason]}.
        </p>
      ))}
    </Notice>
  );
}

function ApproveAgain({ chain }: { chain: ChainState }) {
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
        title="Your yes is needed again"
        action={
          <Button
            kind="quiet"
            busy={busy}
            onClick={() => void run(show)}
            data-testid="show-pending"
          >
            Look and approve
          </Button>
        }
        data-testid="pending-again"
      >
        <p>
          A block was signed before the wallet was restarted and must be signed anew to go on.
          Nothing is lost and it cannot be paid twice.
        </p>
      </Notice>
      <Failure failure={failure} />
    </>
  );
}

function PendingBlock({ chain }: { chain: ChainState }) {
  const { wallet } = useWallet();
  const { run, busy, failure } = useAction();
  if (chain.pendingHeight === null) return null;
  // It needs a signature for another round, and the vault was started anew since the yes.
  if (chain.failure?.code === 'SignerRefused') return <ApproveAgain chain={chain} />;
  return (
    <>
      <Notice
        tone="wait"
        title="Outcome unknown, still trying"
        action={
          <Button
            kind="quiet"
            icon="refresh"
            busy={busy}
            onClick={() => void run(() => wallet.retryPending({ chainId: chain.chainId }))}
            data-testid="retry-pending"
          >
            Try again now
          </Button>
        }
        data-testid="pending"
      >
        <p>
          Block {chain.pendingHeight.toString()} is signed, but too few validators have answered.
          Whether its money moved is not known yet. Do not send it again: the wallet keeps trying,
          and this block cannot be paid twice.
        </p>
      </Notice>
      <Failure
        failure={failure ?? (chain.failure?.code === 'OutcomeUnknown' ? null : chain.failure)}
      />
    </>
  );
}
