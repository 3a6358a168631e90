import type { ChainView } from '@mica/wallet-contract/api';
import { canPropose } from '../model/can_propose.ts';
import { ownBalance, totalOf } from '../model/money.ts';
import { route, useGo } from '../model/router.ts';
import { chainName, hostOf, ownerName } from '../model/texts.ts';
import { useWallet } from '../model/use_wallet.tsx';
import { ActivityList, useActivity } from '../parts/activity_list.tsx';
import { Button } from '../parts/button.tsx';
import { ChainNotices } from '../parts/chain_notices.tsx';
import { Hash } from '../parts/hash.tsx';
import { Icon, Mark } from '../parts/icons.tsx';
import { Money } from '../parts/money.tsx';
import { NetworkNotice, StoreLostNotice } from '../parts/network_notice.tsx';
import { Empty, Notice, Spinner } from '../parts/notice.tsx';
import { useHeading } from '../parts/page.tsx';
import { useWords } from '../words/use_words.tsx';

const RECENT = 4;

export function Home() {
  const { say } = useWords();
  const { chain, state } = useWallet();
  const heading = useHeading(say('home.title'));
  const ready = state.network?.status === 'ready' || state.chains.length > 0;
  return (
    <div className="page home" data-testid="screen-home">
      <h1 ref={heading} tabIndex={-1} className="unseen">
        {say('home.title')}
      </h1>
      <Requests />
      <NetworkNotice />
      <StoreLostNotice />
      {chain && <ChainHome chain={chain} />}
      {!chain && ready && <NoChain />}
      {!chain && state.network?.status === 'opening' && <Spinner label={say('home.opening')} />}
    </div>
  );
}

/** Pages' requests that wait: this window can answer them too. */
function Requests() {
  const { say } = useWords();
  const go = useGo();
  const { state } = useWallet();
  const [first] = state.approvals;
  if (!first) return null;
  const others = state.approvals.length - 1;
  return (
    <Notice
      tone="wait"
      title={
        first.origin ? say('home.siteAsks', { site: hostOf(first.origin) }) : say('home.ownAsks')
      }
      action={
        <Button onClick={() => go(route('approval', first.id))} data-testid="open-approval">
          {say('home.look')}
        </Button>
      }
      data-testid="approval-waiting"
    >
      {others > 0 && <p>{say('home.moreRequests', { count: others })}</p>}
    </Notice>
  );
}

function NoChain() {
  const { say } = useWords();
  const go = useGo();
  return (
    <Empty icon="chain" title={say('home.noChain')}>
      <p>{say('home.noChainText')}</p>
      <div className="stack">
        <Button onClick={() => go('/claim')} data-testid="first-chain">
          {say('home.getChain')}
        </Button>
        <Button kind="plain" onClick={() => go('/find')} data-testid="find-chains">
          {say('home.haveChains')}
        </Button>
      </div>
    </Empty>
  );
}

function ChainHome({ chain }: { chain: ChainView }) {
  const words = useWords();
  const { say } = words;
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
          <span className="unseen">{say('home.switchChain')}</span>
        </button>
        <p className="balance">
          <Money attos={totalOf(chain)} data-testid="balance" />
        </p>
        {own > 0n && chain.owner && (
          <dl className="split">
            <dt>{say('name.chainBalance')}</dt>
            <dd>
              <Money attos={chain.chainBalance} unit={false} data-testid="chain-balance" />
            </dd>
            <dt>{ownerName(chain.owner, vault.accounts, words)}</dt>
            <dd>
              <Money attos={own} unit={false} data-testid="owner-balance" />
            </dd>
          </dl>
        )}
        <p className="balance-id">
          <Hash id={chain.chainId} what="chain" data-testid="chain-id" />
        </p>
        <div className="actions">
          <Button
            icon="send"
            disabled={!canPropose(chain)}
            onClick={() => go('/send')}
            data-testid="send"
          >
            {say('home.send')}
          </Button>
          <Button kind="quiet" icon="receive" onClick={() => go('/receive')} data-testid="receive">
            {say('home.receive')}
          </Button>
        </div>
      </section>
      <ChainNotices chain={chain} />
      {state.network?.status !== 'failed' && (
        <section className="recent">
          <div className="card-head">
            <h2>{say('home.recent')}</h2>
            <a href="#/activity">{say('home.all')}</a>
          </div>
          <ActivityList entries={entries} />
        </section>
      )}
    </>
  );
}
