// Yes signs exactly the block that is shown: the vault gets its bytes first, then the engine the
// revision. If anything moved meanwhile, neither goes through and it is asked again.
import { useState, type ReactNode } from 'react';
import type { BlockReceipt, WalletFailure } from '@mica/wallet-contract/api';
import { canApprove, onlyPays, shownKey, type BlockApproval as Asked } from '../model/approval.ts';
import { useGo } from '../model/router.ts';
import { sendDraft } from '../model/use_draft.ts';
import { failureOf, useAction, useStore, useWallet } from '../model/use_wallet.tsx';
import { useVaultReading } from '../model/vault_reading.ts';
import { useArmed, useAutoClose, type ApprovalProps } from '../model/use_approval.ts';
import { Asker, type Asks } from '../parts/asker.tsx';
import { Answers } from '../parts/answers.tsx';
import { Button } from '../parts/button.tsx';
import { EffectsTable } from '../parts/effects.tsx';
import { Hash } from '../parts/hash.tsx';
import { Failure, Notice, Spinner } from '../parts/notice.tsx';
import { LineDetails, LineSentence } from '../parts/operations/lines.tsx';
import { Facts, Page } from '../parts/page.tsx';
import { ReadsOtherwise } from '../parts/reads_otherwise.tsx';
import { Warnings } from '../parts/warnings.tsx';
import { useWords } from '../words/use_words.tsx';
import { HostRequest } from './approval_host.tsx';

interface Props extends ApprovalProps {
  /** Null: over, or of another kind. */
  approval: Asked | null;
  otherwise: ReactNode;
}

export function BlockRequest({ approval, onDone, autoClose, otherwise }: Props) {
  const { wallet, keys } = useWallet();
  const store = useStore();
  const { state } = useWallet();
  const [sent, setSent] = useState<{ result: BlockReceipt; approval: Asked } | null>(null);
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
      setSent({ result: await wallet.confirmBlock({ id, revision }), approval: asked });
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
  if (approval.status === 'asking' && approval.host) {
    return (
      <HostRequest approval={approval} host={approval.host} onDone={onDone}>
        <Sentences approval={approval} />
      </HostRequest>
    );
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

const asksFor = (approval: Asked): Asks => (onlyPays(approval) ? 'money' : 'block');

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
  const { say } = useWords();
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
      title={say(approval.origin === null ? 'approval.own' : 'approval.title')}
      back={approval.origin === null ? () => void change() : undefined}
      foot={
        <Answers
          origin={approval.origin}
          onDone={onDone}
          reject={{ busy, onClick: () => void no() }}
          yes={{
            label: say('approval.yes'),
            disabled: busy || !canApprove(approval, ticked, armed, reading.differences),
            onClick: onYes,
          }}
        />
      }
    >
      <Asker origin={approval.origin} asks={asksFor(approval)} />
      <Sentences approval={approval} />
      <Failure failure={failure ?? refused ?? reading.failure} />
      <ReadsOtherwise differences={reading.differences ?? []} />
      <Warnings
        approval={approval}
        ticked={ticked}
        onTick={(code, on) => {
          const codes = new Set(ticked);
          if (on) codes.add(code);
          else codes.delete(code);
          setTicks({ key, codes });
        }}
      />
      <Operations approval={approval} />
      {reading.takesOver.map((what) => (
        <Notice key={what} data-testid={`takes-over-${what}`}>
          {say(`block.takesOver.${what}`)}
        </Notice>
      ))}
      {approval.status === 'preparing' && <Spinner label={say('block.preparing')} />}
      {approval.status === 'locked' && <Spinner label={say('block.locked')} />}
      {approval.effects && <EffectsTable approval={approval} effects={approval.effects} />}
    </Page>
  );
}

/** What is approved, a sentence for each operation, with the names that this wallet has. */
function Sentences({ approval }: { approval: Asked }) {
  const { say } = useWords();
  const { operations, chainId, resumed, locked, revision } = approval;
  const many = operations.length > 1;
  const sentences = operations.map((line, at) => (
    <LineSentence key={at} line={line} chainId={chainId} tense="ask" />
  ));
  return (
    <div className="sentence" data-testid="approval-sentence" data-revision={revision}>
      {resumed && `${say('block.resumed')} `}
      {locked && `${say('block.carriedOn')} `}
      {many && say('block.size', { count: operations.length })}
      {many ? (
        <ol className="operations">
          {sentences.map((sentence, at) => (
            <li key={at} data-testid="approval-operation">
              {sentence}
            </li>
          ))}
        </ol>
      ) : (
        sentences
      )}
    </div>
  );
}

function Operations({ approval: { operations, chainId } }: { approval: Asked }) {
  return operations.map((line, at) => (
    <LineDetails key={at} line={line} chainId={chainId} tense="ask" />
  ));
}

function Committing() {
  const { say } = useWords();
  return (
    <Page id="approval-committing" title={say('block.committing')}>
      <div className="working">
        <span className="spinner big" aria-hidden="true" />
        <p role="status">{say('block.signed')}</p>
        <p className="soft">{say('block.mayClose')}</p>
      </div>
    </Page>
  );
}

function Done({
  result,
  approval,
  onDone,
  autoClose,
}: ApprovalProps & { result: BlockReceipt; approval: Asked }) {
  const { say } = useWords();
  useAutoClose(autoClose, onDone);
  return (
    <Page
      id="approval-done"
      title={say('block.done')}
      foot={
        <Button onClick={onDone} data-testid="approval-close">
          {say('do.done')}
        </Button>
      }
    >
      <Notice tone="good" title={say('block.certified')}>
        <p>{say('block.final')}</p>
      </Notice>
      <Sentences approval={approval} />
      <Operations approval={approval} />
      <Facts
        rows={[
          [say('fact.chain'), <Hash key="chain" id={result.chainId} what="chain" />],
          [say('fact.height'), `${result.height}`],
          [
            say('fact.blockHash'),
            <Hash key="hash" id={result.blockHash} what="block" data-testid="result-hash" />,
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
  const { say } = useWords();
  const unknown = failure?.money === 'Unknown' || failure?.code === 'OutcomeUnknown';
  return (
    <Page
      id="approval-failed"
      title={unknown ? say('block.stillTrying') : say('block.failed')}
      foot={
        <Button onClick={onDone} data-testid="approval-close">
          {say('do.close')}
        </Button>
      }
    >
      {approval && (
        <>
          <Asker origin={approval.origin} asks={asksFor(approval)} />
          <Sentences approval={approval} />
        </>
      )}
      <Failure failure={failure} />
    </Page>
  );
}
