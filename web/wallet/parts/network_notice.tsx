import { useState } from 'react';
import type { WalletFailure } from '@mica/wallet-contract/api';
import { aboutTime } from '@mica/bindings/times';
import { busyWords, count } from '../model/texts.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from './button.tsx';
import { Failure, Notice, Spinner } from './notice.tsx';

/** What goes on with networks, and what is wrong with the one in use, if anything is. */
export function NetworkNotice() {
  const { state } = useWallet();
  const { busyNetwork } = state;
  return (
    <>
      {busyNetwork && (
        <div data-testid="network-busy">
          <Spinner label={busyWords(busyNetwork)} />
        </div>
      )}
      <NetworkTrouble />
    </>
  );
}

function NetworkTrouble() {
  const { state } = useWallet();
  const { network } = state;
  if (!network) return <Notice tone="bad" title="No network is chosen" />;
  if (network.status === 'reset') return <ResetNotice />;
  if (network.status === 'offline') {
    return (
      <Notice tone="wait" title={`${network.name} cannot be reached`} data-testid="offline">
        <p>{network.failure?.message}</p>
        <p>Your money is safe; the wallet goes on trying by itself.</p>
      </Notice>
    );
  }
  if (network.failure?.code === 'StorageCorrupt') return <RepairNotice failure={network.failure} />;
  if (network.status === 'failed') return <Failure failure={network.failure} standing />;
  if (network.clockAheadMs !== null) return <ClockNotice aheadMs={network.clockAheadMs} />;
  const down = network.validators.filter(({ failuresInARow }) => failuresInARow > 0);
  const few = 3 * (network.validators.length - down.length) <= 2 * network.validators.length;
  if (network.validators.length === 0 || !few) return null;
  const none = down.length === network.validators.length;
  const away = `${count(down.length, 'validator')} of ${network.validators.length}`;
  return (
    <Notice
      tone="wait"
      title={none ? 'No validator answers' : 'Too few validators answer'}
      data-testid="no-quorum"
    >
      <p>
        {none ? 'Check the connection of this computer.' : `${away} cannot be reached.`} What was
        signed waits until enough of them are back: your money is safe, and the wallet goes on by
        itself.
      </p>
    </Notice>
  );
}

function ClockNotice({ aheadMs }: { aheadMs: number }) {
  const ahead = aheadMs > 0;
  return (
    <Notice
      tone="bad"
      title={`The clock is ${aboutTime(Math.abs(aheadMs))} ${ahead ? 'ahead' : 'behind'}`}
      data-testid="clock-wrong"
    >
      <p>
        The validators say so. Set this computer's date and time.{' '}
        {ahead
          ? 'Until then nothing can be sent or received. Your money is safe.'
          : 'Your money is safe and sending works, but times shown here are wrong.'}
      </p>
    </Notice>
  );
}

/** What the wallet cannot fetch from the network it says here. */
export function StoreLostNotice() {
  const { state, wallet } = useWallet();
  const { run, busy, failure } = useAction();
  if (!state.network?.storeLost) return null;
  return (
    <>
      <Notice
        tone="wait"
        title="The stored chains were lost"
        data-testid="store-lost"
        action={
          <Button
            kind="quiet"
            busy={busy}
            onClick={() => void run(() => wallet.dismissStoreLost({}))}
            data-testid="store-lost-read"
          >
            I have read this
          </Button>
        }
      >
        <p>
          What this browser had stored is gone, perhaps because it ended in the middle of writing.
          Your keys and your money are safe: the chains are fetched again from the network.
        </p>
        <p>
          Sites must connect again. A payment that was under way may have happened: look at the
          activity before you repeat it.
        </p>
      </Notice>
      <Failure failure={failure} />
    </>
  );
}

/** The way back is the network: it has every chain, and the keys are stored elsewhere. */
function RepairNotice({ failure }: { failure: WalletFailure }) {
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
            {busy ? 'Fetching the chains…' : 'Fetch everything again'}
          </Button>
        }
      />
      <Failure failure={refused} />
    </>
  );
}

function ResetNotice() {
  const { state, wallet } = useWallet();
  const [sure, setSure] = useState(false);
  const { run, busy, failure } = useAction();
  const { network } = state;
  return (
    <>
      <Notice
        tone="bad"
        title="The network was reset"
        data-testid="network-reset"
        action={
          sure ? (
            <Button
              kind="danger"
              busy={busy}
              onClick={() => void run(() => wallet.acceptReset({}))}
              data-testid="accept-reset-sure"
            >
              Yes, start anew
            </Button>
          ) : (
            <Button kind="quiet" onClick={() => setSure(true)} data-testid="accept-reset">
              Start anew on it
            </Button>
          )
        }
      >
        <p>{network?.failure?.message}</p>
        {sure && <p>Your keys stay. The chains shown here belong to the old network.</p>}
      </Notice>
      <Failure failure={failure} />
    </>
  );
}
