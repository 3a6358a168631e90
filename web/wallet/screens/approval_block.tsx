// Yes signs exactly the block that is shown: the vault gets its bytes first, then the engine the
// revision. If anything moved meanwhile, neither goes through and it is asked again.
import { useState, type ReactNode } from 'react';
import type { TransferResult, WalletFailure } from '@mica/wallet-contract/api';
import { canApprove, shownKey, type TransferApproval as Asked } from '../model/approval.ts';
import { useGo } from '../model/router.ts';
import { sendDraft } from '../model/use_draft.ts';
import { failureOf, useAction, useStore, useWallet } from '../model/use_wallet.tsx';
import { useVaultReading } from '../model/vault_reading.ts';
import { useArmed, useAutoClose, type ApprovalProps } from '../model/use_approval.ts';
import { Asker } from '../parts/asker.tsx';
import { Answers } from '../parts/answers.tsx';
import { Button } from '../parts/button.tsx';
import { EffectsTable, Recipient, TransferSentence, Warnings } from '../parts/effects.tsx';
import { Hash } from '../parts/hash.tsx';
import { Failure, Notice, Spinner } from '../parts/notice.tsx';
import { Facts, Page } from '../parts/page.tsx';
import { ReadsOtherwise } from '../parts/reads_otherwise.tsx';

interface Props extends ApprovalProps {
  /** Null: over, or of another kind. */
  approval: Asked | null;
  otherwise: ReactNode;
}

export function TransferApproval({ approval, onDone, autoClose, otherwise }: Props) {
  const { wallet, keys } = useWallet();
  const store = useStore();
  const { state } = useWallet();
  const [sent, setSent] = useState<{ result: TransferResult; approval: Asked } | null>(null);
  const [failed, setFailed] = useState<{ failure: WalletFailure; key: string } | null>(null);
  const [sending, setSending] = useState(false);
  const yes = async (asked: Asked, key: string) => {
    const { id, block, network, revision } = asked;
    if (!block || sending) return;
    setSending(true);
    setFailed(null);
    // What was typed has served, also if this window closes meanwhile; unless nothing was sent.
    const draft = sendDraft(state.network?.id ?? '', asked.chainId);
    const typed = asked.origin === null ? store.get().drafts?.get(draft) : undefined;
    if (typed) store.keepDraft(draft, null);
    try {
      await keys.approve({ block, network });
      setSent({ result: await wallet.confirmTransfer({ id, revision }), approval: asked });
    } catch (error) {
      const failure = failureOf(error);
      const perhapsSent = failure.money === 'Unknown' || failure.money === 'Moved';
      if (!perhapsSent) await keys.unapprove({ block, network }).catch(() => undefined);
      if (typed && !perhapsSent) store.keepDraft(draft, typed);
      setFailed({ failure, key });
    } finally {
      setSending(false);
    }
  };
  if (sent) return <Done {...sent} onDone={onDone} autoClose={autoClose} />;
  // What failed at an older revision is answered by the new one, which is shown.
  const current = approval && shownKey(approval);
  const failure = failed && (failed.key === current || !approval) ? failed.failure : null;
  if (!approval) {
    if (sending) return <Committing />;
    return failure ? <Failed failure={failure} onDone={onDone} /> : otherwise;
  }
  if (sending || approval.status === 'committing') return <Committing />;
  if (approval.status === 'failed') {
    const close = () =>
      void wallet
        .reject({ id: approval.id })
        .catch(() => undefined)
        .then(onDone);
    return <Failed failure={approval.failure ?? failure} approval={approval} onDone={close} />;
  }
  return (
    <Ask
      approval={approval}
      failure={failure}
      onYes={() => void yes(approval, shownKey(approval))}
      onDone={onDone}
    />
  );
}

const asks = 'asks you to send money.';

function Ask({
  approval,
  failure,
  onYes,
  onDone,
}: {
  approval: Asked;
  failure: WalletFailure | null;
  onYes(): void;
  onDone(): void;
}) {
  const { wallet } = useWallet();
  const go = useGo();
  const key = shownKey(approval);
  const armed = useArmed(key);
  const reading = useVaultReading(approval);
  const [ticks, setTicks] = useState<{ key: string; codes: ReadonlySet<string> }>();
  const ticked = ticks?.key === key ? ticks.codes : new Set<string>();
  const { run, busy, failure: refused } = useAction();
  const no = async () => {
    if (await run(() => wallet.reject({ id: approval.id }))) onDone();
  };
  // The wallet's own: what was typed is still there.
  const change = async () => {
    const { id, chainId } = approval;
    if (await run(() => wallet.reject({ id }))) go(`/send?chain=${chainId}`);
  };
  return (
    <Page
      id="approval"
      title={approval.origin === null ? 'Look at it' : 'A request'}
      back={approval.origin === null ? () => void change() : undefined}
      foot={
        <Answers
          origin={approval.origin}
          onDone={onDone}
          reject={{ busy, onClick: () => void no() }}
          yes={{
            label: 'Approve',
            disabled: busy || !canApprove(approval, ticked, armed, reading.differences),
            onClick: onYes,
          }}
        />
      }
    >
      <Asker origin={approval.origin} asks={asks} />
      <p className="sentence" data-testid="approval-sentence" data-revision={approval.revision}>
        <TransferSentence approval={approval} />
      </p>
      <Failure failure={failure ?? refused ?? reading.failure} />
      <ReadsOtherwise differences={reading.differences ?? []} />
      <Warnings
        warnings={approval.warnings}
        ticked={ticked}
        onTick={(code, on) => {
          const codes = new Set(ticked);
          if (on) codes.add(code);
          else codes.delete(code);
          setTicks({ key, codes });
        }}
      />
      <Recipient approval={approval} />
      {reading.changesEpoch && (
        <Notice data-testid="changes-epoch">
          This block also takes over a change of the network's validators, as every chain must.
        </Notice>
      )}
      {approval.status === 'preparing' && <Spinner label="Executing the block here" />}
      {approval.status === 'locked' && <Spinner label="Waiting until the chain is free" />}
      {approval.effects && <EffectsTable approval={approval} effects={approval.effects} />}
    </Page>
  );
}

function Committing() {
  return (
    <Page id="approval-committing" title="On its way">
      <div className="working">
        <span className="spinner big" aria-hidden="true" />
        <p role="status">Signed. Waiting for the validators to certify it.</p>
        <p className="soft">You may close this window: the wallet goes on.</p>
      </div>
    </Page>
  );
}

function Done({
  result,
  approval,
  onDone,
  autoClose,
}: ApprovalProps & { result: TransferResult; approval: Asked }) {
  useAutoClose(autoClose, onDone);
  return (
    <Page
      id="approval-done"
      title="Sent"
      foot={
        <Button onClick={onDone} data-testid="approval-close">
          Done
        </Button>
      }
    >
      <Notice tone="good" title="Certified by a quorum of validators">
        <p>It is final.</p>
      </Notice>
      <p className="sentence">
        <TransferSentence approval={approval} />
      </p>
      <Recipient approval={approval} />
      <Facts
        rows={[
          ['Chain', <Hash key="chain" id={result.chainId} what="chain id" />],
          ['Height', result.height.toString()],
          [
            'Block hash',
            <Hash key="hash" id={result.blockHash} what="block hash" data-testid="result-hash" />,
          ],
        ]}
      />
    </Page>
  );
}

function Failed({
  failure,
  approval,
  onDone,
}: {
  failure: WalletFailure | null;
  approval?: Asked;
  onDone(): void;
}) {
  const unknown = failure?.money === 'Unknown' || failure?.code === 'OutcomeUnknown';
  return (
    <Page
      id="approval-failed"
      title={unknown ? 'Still trying' : 'Not sent'}
      foot={
        <Button onClick={onDone} data-testid="approval-close">
          Close
        </Button>
      }
    >
      {approval && (
        <>
          <Asker origin={approval.origin} asks={asks} />
          <p className="sentence">
            <TransferSentence approval={approval} />
          </p>
        </>
      )}
      <Failure failure={failure} />
    </Page>
  );
}
