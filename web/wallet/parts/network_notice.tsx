import { useState } from 'react';
import {
  reachOf,
  type NetworkEntry,
  type NetworkState,
  type WalletFailure,
} from '@mica/wallet-contract/api';
import { useGo, useRoute } from '../model/router.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from './button.tsx';
import { Failure, FailureDetails, Notice, Spinner } from './notice.tsx';
import { useWords } from '../words/use_words.tsx';

/** What goes on with networks, and what is wrong with the one in use, if anything is. */
export function NetworkNotice() {
  const { say } = useWords();
  const { state } = useWallet();
  const { busyNetwork } = state;
  return (
    <>
      {busyNetwork && (
        <div data-testid="network-busy">
          <Spinner label={say(`network.${busyNetwork.doing}`, { name: busyNetwork.name })} />
        </div>
      )}
      <NetworkTrouble />
    </>
  );
}

function NetworkTrouble() {
  const { say } = useWords();
  const { network } = useWallet().state;
  if (!network) return <Notice tone="bad" title={say('network.noneChosen')} />;
  if (network.status === 'reset') return <ResetNotice />;
  if (network.status === 'offline') return <OfflineNotice network={network} />;
  if (network.failure?.code === 'StorageCorrupt') return <RepairNotice failure={network.failure} />;
  if (network.status === 'failed') return <Failure failure={network.failure} standing />;
  if (network.clockAheadMs !== null) return <ClockNotice aheadMs={network.clockAheadMs} />;
  const down = network.validators.filter(({ failuresInARow }) => failuresInARow > 0);
  const few = 3 * (network.validators.length - down.length) <= 2 * network.validators.length;
  if (network.validators.length === 0 || !few) return null;
  const none = down.length === network.validators.length;
  return (
    <Notice
      tone="wait"
      title={none ? say('network.noValidator') : say('network.fewValidators')}
      data-testid="no-quorum"
    >
      <p>
        {none
          ? say('network.noneAnswers')
          : say('network.fewAnswer', { down: down.length, all: network.validators.length })}
      </p>
    </Notice>
  );
}

function isHere({ faucetUrl }: NetworkEntry): boolean {
  const url = URL.parse(faucetUrl);
  return url !== null && reachOf(url) === 'thisComputer';
}

/** Nothing is lost; who has nothing there yet is led to a network that needs nothing here. */
function OfflineNotice({ network }: { network: NetworkState }) {
  const { say } = useWords();
  const go = useGo();
  const { path } = useRoute();
  const { state, wallet } = useWallet();
  const { run, busy, failure } = useAction();
  const all = state.chains.length > 0 ? [] : state.networks;
  const other = all.find((one) => one.id !== network.id && one.testMoney && !isHere(one));
  return (
    <>
      <Notice
        tone="wait"
        title={say('network.unreachable', { name: network.name })}
        data-testid="offline"
        action={
          <>
            {other && (
              <Button
                busy={busy}
                onClick={() => void run(() => wallet.switchNetwork({ id: other.id }))}
                data-testid="use-testnet"
              >
                {say('networks.useNamed', { network: other.name })}
              </Button>
            )}
            {path[0] !== 'networks' && (
              <Button kind="quiet" onClick={() => go('/networks')} data-testid="other-network">
                {say('network.other')}
              </Button>
            )}
          </>
        }
      >
        <p>{state.chains.length > 0 ? say('network.goesOn') : say('network.triesOn')}</p>
        {other && <p>{say('network.forTrying', { name: other.name })}</p>}
        <FailureDetails failure={network.failure} />
      </Notice>
      <Failure failure={failure} />
    </>
  );
}

function ClockNotice({ aheadMs }: { aheadMs: number }) {
  const words = useWords();
  const { say } = words;
  const ahead = aheadMs > 0;
  const time = words.span(Math.abs(aheadMs));
  return (
    <Notice
      tone="bad"
      title={ahead ? say('clock.ahead', { time }) : say('clock.behind', { time })}
      data-testid="clock-wrong"
    >
      <p>{ahead ? say('clock.aheadText') : say('clock.behindText')}</p>
    </Notice>
  );
}

/** What the wallet cannot fetch from the network it says here. */
export function StoreLostNotice() {
  const { say } = useWords();
  const { state, wallet } = useWallet();
  const { run, busy, failure } = useAction();
  if (!state.network?.storeLost) return null;
  return (
    <>
      <Notice
        tone="wait"
        title={say('storeLost.title')}
        data-testid="store-lost"
        action={
          <Button
            kind="quiet"
            busy={busy}
            onClick={() => void run(() => wallet.dismissStoreLost({}))}
            data-testid="store-lost-read"
          >
            {say('storeLost.read')}
          </Button>
        }
      >
        <p>{say('storeLost.what')}</p>
        <p>{say('storeLost.sites')}</p>
      </Notice>
      <Failure failure={failure} />
    </>
  );
}

/** The way back is the network: it has every chain, and the keys are stored elsewhere. */
function RepairNotice({ failure }: { failure: WalletFailure }) {
  const { say } = useWords();
  const { wallet } = useWallet();
  const { run, busy, failure: refused } = useAction();
  return (
    <>
      <Failure
        standing
        failure={failure}
        action={
          <Button
            busy={busy}
            onClick={() => void run(() => wallet.repairStore({}))}
            data-testid="repair-store"
          >
            {busy ? say('repair.busy') : say('repair.do')}
          </Button>
        }
      />
      <Failure failure={refused} />
    </>
  );
}

function ResetNotice() {
  const { say } = useWords();
  const { state, wallet } = useWallet();
  const [sure, setSure] = useState(false);
  const { run, busy, failure } = useAction();
  const { network } = state;
  return (
    <>
      <Notice
        tone="bad"
        title={say('reset.title')}
        data-testid="network-reset"
        action={
          sure ? (
            <Button
              kind="danger"
              busy={busy}
              onClick={() => void run(() => wallet.acceptReset({}))}
              data-testid="accept-reset-sure"
            >
              {say('reset.sure')}
            </Button>
          ) : (
            <Button kind="quiet" onClick={() => setSure(true)} data-testid="accept-reset">
              {say('reset.do')}
            </Button>
          )
        }
      >
        <p>{say('reset.text', { network: network?.name ?? '' })}</p>
        {sure && <p>{say('reset.keys')}</p>}
      </Notice>
      <Failure failure={failure} />
    </>
  );
}
