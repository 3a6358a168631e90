import { useEffect, useRef, type ReactNode, type Ref } from 'react';
import type { WalletFailure } from '@mica/wallet-contract/api';
import { detailOf, explain, report, reportable } from '../model/errors.ts';
import { CopyButton } from './hash.tsx';
import { Icon, type IconName } from './icons.tsx';
import { useWords } from '../words/use_words.tsx';

type Tone = 'info' | 'good' | 'wait' | 'bad';
const icons: Record<Tone, IconName> = { info: 'info', good: 'check', wait: 'info', bad: 'warning' };

export function Notice({
  tone = 'info',
  title,
  children,
  action,
  ref,
  ...rest
}: {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  ref?: Ref<HTMLDivElement>;
  'data-testid'?: string;
  'data-code'?: string;
}) {
  return (
    <div
      ref={ref}
      className="notice"
      data-tone={tone}
      role={tone === 'bad' ? 'alert' : 'status'}
      {...rest}
    >
      <Icon name={icons[tone]} />
      <div className="notice-body">
        {title && <strong>{title}</strong>}
        {children && <div className="notice-text">{children}</div>}
        {action && <div className="notice-action">{action}</div>}
      </div>
    </div>
  );
}

/** What went wrong, what became of the money, what to do. */
export function Failure({
  failure,
  action,
  standing,
}: {
  failure: WalletFailure | null;
  action?: ReactNode;
  /** It is a state and not the answer to what was just pressed: it does not come into sight. */
  standing?: boolean;
}) {
  const words = useWords();
  const { say } = words;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure && !standing) place.current?.scrollIntoView({ block: 'nearest' });
  }, [failure, standing]);
  if (!failure) return null;
  const { title, facts, money, next, tone } = explain(failure, words);
  return (
    <Notice
      ref={place}
      tone={tone}
      title={title}
      action={
        <>
          {action}
          {reportable(failure) && (
            <CopyButton
              text={report(failure)}
              label={say('failure.copy')}
              words={say('failure.copy')}
            />
          )}
        </>
      }
      data-testid="failure"
      data-code={failure.code}
    >
      {facts && <p>{facts}</p>}
      {money && (
        <p data-testid="failure-money">
          <b>{money}</b>
        </p>
      )}
      <p>{next}</p>
      <FailureDetails failure={failure} />
    </Notice>
  );
}

export const FailureDetails = ({ failure }: { failure: WalletFailure | null }) => (
  <LogDetails message={failure?.message} />
);

/** What the wallet's log says of it, in English. */
export function LogDetails({ message }: { message: string | undefined }) {
  const { say } = useWords();
  const text = detailOf(message);
  if (!text) return null;
  return (
    <details data-testid="failure-details">
      <summary>{say('failure.details')}</summary>
      <p>{text}</p>
    </details>
  );
}

export function Empty({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className="empty">
      <Icon name={icon} size={28} />
      <strong>{title}</strong>
      <div>{children}</div>
    </div>
  );
}

export function Spinner({ label }: { label: string }) {
  return (
    <p className="loading" role="status">
      <span className="spinner" aria-hidden="true" /> {label}
    </p>
  );
}
