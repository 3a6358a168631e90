// What executing exactly this block did here: balances, messages, fees; the block itself below.
import type { ReactElement } from 'react';
import type { AnswerLine, EffectsView } from '@mica/wallet-contract/api';
import type { BlockApproval } from '../model/approval.ts';
import { ownerName } from '../model/texts.ts';
import { useWallet } from '../model/use_wallet.tsx';
import { CopyButton, Hash } from './hash.tsx';
import { Money } from './money.tsx';
import { MessageSentence } from './operations/lines.tsx';
import { ChainName } from './operations/names.tsx';
import { Card, Facts } from './page.tsx';
import { Say, useWords } from '../words/use_words.tsx';

export function EffectsTable({
  approval,
  effects,
}: {
  approval: BlockApproval;
  effects: EffectsView;
}) {
  const words = useWords();
  const { say } = words;
  const { vault } = useWallet();
  return (
    <div data-testid="effects">
      <Balances effects={effects} />
      <Card>
        <Facts
          rows={[
            [
              say('fact.chain'),
              <span key="chain">
                <ChainName id={approval.chainId} /> <Hash id={approval.chainId} what="chain" />
              </span>,
            ],
            [
              say('fact.signer'),
              <span key="signer">
                {ownerName(approval.signer, vault.accounts, words)}{' '}
                <Hash id={approval.signer} what="owner" />
              </span>,
            ],
          ]}
        />
      </Card>
      <Messages effects={effects} />
      <Makes effects={effects} />
      <Answers effects={effects} />
      <Raw effects={effects} />
    </div>
  );
}

// The fees stand with the first, so that all that one decides by is seen at once.
function Balances({ effects }: { effects: EffectsView }) {
  const words = useWords();
  const { say } = words;
  const { vault } = useWallet();
  // An account that had nothing and gets nothing is no news.
  const shown = effects.balances.filter(({ before, after }) => before > 0n || after > 0n);
  const fees: [string, ReactElement] = [
    say('effects.fees'),
    <Money key="fees" attos={effects.fees} whole data-testid="effects-fees" />,
  ];
  if (shown.length === 0) {
    return (
      <Card>
        <Facts rows={[fees]} />
      </Card>
    );
  }
  return shown.map(({ owner, before, after }, at) => (
    <Card
      key={owner}
      title={say('effects.beforeAfter', { account: ownerName(owner, vault.accounts, words) })}
      data-testid="effects-balance"
      data-owner={owner}
    >
      <Facts
        rows={[
          [
            `${say('effects.before')} → ${say('effects.after')}`,
            <span key="both">
              <Money attos={before} unit={false} whole /> <span className="soft">→</span>{' '}
              <b>
                <Money attos={after} unit={false} whole />
              </b>
            </span>,
          ],
          [
            say('effects.difference'),
            <span key="change" data-direction={after < before ? 'out' : 'in'}>
              <Money attos={after - before} sign unit={false} whole />
            </span>,
          ],
          ...(at === 0 ? [fees] : []),
        ]}
      />
    </Card>
  ));
}

function Messages({ effects: { messages } }: { effects: EffectsView }) {
  const { say } = useWords();
  if (messages.length === 0) return null;
  return (
    <Card title={say('effects.messages')}>
      <ul className="lines">
        {messages.map((line, at) => (
          <li key={at} data-testid="effects-message">
            <MessageSentence line={line} /> <span className="soft">→</span>{' '}
            <Hash id={line.destination} what="chain" copy={false} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Makes({ effects }: { effects: EffectsView }) {
  const { say, bytes } = useWords();
  const { openedChains, publishedBlobs, createdApplications, events } = effects;
  const lines = [
    ...openedChains.map((id) => (
      <Say id="effects.chain" values={{ id: <Hash id={id} what="chain" /> }} />
    )),
    ...createdApplications.map((id) => (
      <Say id="effects.application" values={{ id: <Hash id={id} what="application" /> }} />
    )),
    ...publishedBlobs.map((id) => <Say id="effects.blob" values={{ id: <BlobId id={id} /> }} />),
    ...events.map((event) => (
      <Say
        id="effects.event"
        values={{ publisher: <Publisher {...event} />, size: bytes(event.bytes) }}
      />
    )),
  ];
  if (lines.length === 0) return null;
  return (
    <Card title={say('effects.makes')}>
      <Lines lines={lines} testId="effects-made" />
    </Card>
  );
}

function Answers({ effects: { answers } }: { effects: EffectsView }) {
  const { say } = useWords();
  if (answers.length === 0) return null;
  return (
    <Card title={say('effects.answers')}>
      <Lines
        lines={answers.map((line, at) => (
          <Answer key={at} line={line} />
        ))}
        testId="effects-answer"
      />
    </Card>
  );
}

function Answer({ line }: { line: EffectsView['answers'][0] }) {
  const { say, bytes } = useWords();
  const size = bytes(line.bytes);
  switch (line.kind) {
    case 'Http':
      return <HostAnswer line={line} />;
    case 'Service':
      return say('effects.answer.Service', { size });
    case 'Event':
      return (
        <Say id="effects.answer.Event" values={{ publisher: <Publisher {...line} />, size }} />
      );
  }
}

/** What was asked, what came back, and how it begins: words of others, as the block has them. */
function HostAnswer({ line }: { line: Extract<AnswerLine, { kind: 'Http' }> }) {
  const { say, bytes } = useWords();
  const { asked, start } = line;
  const data = (text: string) => (
    <code className="mono" translate="no">
      {text}
    </code>
  );
  const values = { status: `${line.status}`, size: bytes(line.bytes) };
  return (
    <>
      {asked ? (
        <Say
          id="effects.answer.Http"
          values={{ ...values, request: data(`${asked.method} ${asked.url}`) }}
        />
      ) : (
        say('effects.answer.HttpUnknown', values)
      )}{' '}
      {start === null && say('effects.answer.noText')}
      {start && <Say id="effects.answer.start" values={{ start: data(start) }} />}
    </>
  );
}

function Lines({ lines, testId }: { lines: ReactElement[]; testId: string }) {
  return (
    <ul className="lines">
      {lines.map((line, at) => (
        <li key={at} data-testid={testId}>
          {line}
        </li>
      ))}
    </ul>
  );
}

function Publisher({ applicationId }: { applicationId: string | null }) {
  const { say } = useWords();
  if (applicationId === null) return say('effects.system');
  return <Hash id={applicationId} what="application" copy={false} />;
}

/** "Data:7c2f…": its kind, and its hash. */
function BlobId({ id }: { id: string }) {
  const [kind, hash = ''] = id.split(':', 2);
  return (
    <>
      {kind} <Hash id={hash} what="blob" />
    </>
  );
}

function Raw({ effects }: { effects: EffectsView }) {
  const { say } = useWords();
  return (
    <details className="raw-details" data-testid="effects-raw">
      <summary>{say('effects.raw')}</summary>
      <Facts
        rows={[
          [say('fact.height'), `${effects.height}`],
          effects.blockHash === null
            ? null
            : [say('fact.blockHash'), <Hash key="hash" id={effects.blockHash} what="block" />],
        ]}
      />
      <CopyButton text={effects.raw} label={say('effects.copy')} words={say('do.copy')} />
      <pre className="raw" tabIndex={0}>
        {effects.raw}
      </pre>
    </details>
  );
}
