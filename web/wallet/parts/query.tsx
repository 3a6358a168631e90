// Asking an application by GraphQL: the question, the answer, what was asked and what may be.
import { useEffect, useRef, useState } from 'react';
import type { ChainView } from '@mica/wallet-contract/api';
import { canPropose } from '../model/can_propose.ts';
import { questionOf, remembered, shownAnswer, type AskedQuery } from '../model/graphql.ts';
import { route, useGo } from '../model/router.ts';
import { useDraft } from '../model/use_draft.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { useWords } from '../words/use_words.tsx';
import { Button } from './button.tsx';
import { Area } from './field.tsx';
import { CopyButton } from './hash.tsx';
import { Failure, Notice } from './notice.tsx';
import { Card } from './page.tsx';
import { SchemaDocs } from './schema_docs.tsx';

interface Answer {
  /** The text that it answers, as the application got it. */
  question: string;
  response: string;
  operations: number;
}

interface Form extends AskedQuery {
  history: AskedQuery[];
}
const blank: Form = { query: '', variables: '', history: [] };

export function Query({ chain, applicationId }: { chain: ChainView; applicationId: string }) {
  const { say } = useWords();
  const { wallet, state } = useWallet();
  const { chainId } = chain;
  const draft = useDraft(`query/${state.network?.id}/${chainId}/${applicationId}`, blank);
  const { query, variables, history } = draft.value;
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { run, busy, failure } = useAction();
  const question = questionOf(query, variables);
  const ask = () =>
    void run(async () => {
      setAnswer(null);
      if (question === null) return;
      const told = await wallet.queryApplication({ chainId, applicationId, query: question });
      setAnswer({ question, ...told });
      draft.change({ history: remembered(history, { query, variables }) });
    });
  return (
    <>
      <Area
        label={say('query.text')}
        mono
        rows={6}
        value={query}
        onChange={(text) => draft.change({ query: text })}
        placeholder={'{ value }'}
        data-testid="query-text"
      />
      <Area
        label={say('query.variables')}
        mono
        rows={2}
        value={variables}
        onChange={(text) => draft.change({ variables: text })}
        problem={question === null ? say('query.badVariables', { example: '{"count": 3}' }) : null}
        data-testid="query-variables"
      />
      <Button
        busy={busy}
        disabled={query.trim() === '' || question === null}
        onClick={ask}
        data-testid="query-run"
      >
        {busy ? say('query.running') : say('query.run')}
      </Button>
      <Failure failure={failure} />
      {answer && <AnswerCard answer={answer} chain={chain} applicationId={applicationId} />}
      <History asked={history} onChoose={(one) => draft.change(one)} />
      <SchemaDocs chainId={chainId} applicationId={applicationId} />
    </>
  );
}

function AnswerCard(props: { answer: Answer; chain: ChainView; applicationId: string }) {
  const { say } = useWords();
  const { response, operations } = props.answer;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [props.answer]);
  return (
    <div className="stack" ref={place}>
      <Card
        title={say('query.answer')}
        side={<CopyButton text={response} label={say('query.copy')} />}
      >
        <pre
          translate="no"
          className="raw mono"
          tabIndex={0}
          role="region"
          aria-label={say('query.answer')}
          data-testid="query-answer"
        >
          {shownAnswer(response)}
        </pre>
      </Card>
      {operations > 0 && <Scheduled {...props} />}
    </div>
  );
}

/** A mutation: nothing has changed yet. */
function Scheduled({
  answer: { question, operations },
  chain,
  applicationId,
}: {
  answer: Answer;
  chain: ChainView;
  applicationId: string;
}) {
  const { say } = useWords();
  const { wallet } = useWallet();
  const go = useGo();
  const { run, busy, failure } = useAction();
  const { chainId } = chain;
  const look = () =>
    void run(async () => {
      const asked = { chainId, applicationId, query: question };
      const { approvalId } = await wallet.prepareMutation(asked);
      go(route('approval', approvalId));
    });
  const mine = canPropose(chain);
  return (
    <Notice
      tone="wait"
      title={say('query.scheduled', { count: operations })}
      action={
        mine && (
          <Button busy={busy} onClick={look} data-testid="query-look">
            {say('query.look')}
          </Button>
        )
      }
      data-testid="query-scheduled"
    >
      <p>{mine ? say('query.scheduledText') : say('query.notOurs')}</p>
      <Failure failure={failure} />
    </Notice>
  );
}

function History({ asked, onChoose }: { asked: AskedQuery[]; onChoose(one: AskedQuery): void }) {
  const { say } = useWords();
  if (asked.length === 0) return null;
  return (
    <details data-testid="query-history">
      <summary>{say('query.history')}</summary>
      <ul className="list">
        {asked.map((one) => (
          <li key={`${one.query}\n${one.variables}`} className="list-row">
            <button
              type="button"
              className="list-item"
              onClick={() => onChoose({ query: one.query, variables: one.variables })}
              data-testid="query-asked"
            >
              <span className="list-main">
                <code className="mono">{one.query}</code>
                {one.variables && <small className="mono">{one.variables}</small>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
