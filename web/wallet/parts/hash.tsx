// Ids and hashes: short to the eye; whole on hover, to screen readers, and to copy.
import { useEffect, useState } from 'react';
import { wakeIn } from '@mica/bindings/wake';
import { shorten } from '@mica/wallet-contract/addresses';
import type { MessageId } from '../words/catalogue.ts';
import { Icon } from './icons.tsx';
import { useWords } from '../words/use_words.tsx';

const COPIED_MS = 1500;

export function useCopied(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (copied) return wakeIn(COPIED_MS, () => setCopied(false));
  }, [copied]);
  const copy = (text: string) => {
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return [copied, copy];
}

export function CopyButton({
  text,
  label,
  words: shown,
  ...rest
}: {
  text: string;
  label: string;
  /** Shown beside the sign; without it the sign is alone. */
  words?: string;
  'data-testid'?: string;
}) {
  const { say } = useWords();
  const [copied, copy] = useCopied();
  return (
    <button
      type="button"
      className={shown ? 'button plain small' : 'icon-button small'}
      aria-label={shown ? undefined : copied ? say('said.copied') : label}
      title={label}
      onClick={() => copy(text)}
      {...rest}
    >
      <Icon name={copied ? 'check' : 'copy'} size={16} />
      {shown && (copied ? say('said.copied') : shown)}
      <span className="unseen" aria-live="polite">
        {copied ? say('said.copied') : ''}
      </span>
    </button>
  );
}

/** What can be copied, and is read out with its whole id. */
export type Named =
  Extract<MessageId, `what.${string}`> extends `what.${infer Name}` ? Name : never;

export function Hash({
  id,
  copy = true,
  what,
  ...rest
}: {
  id: string;
  copy?: boolean;
  what: Named;
  'data-testid'?: string;
}) {
  const { say } = useWords();
  return (
    <span className="hash">
      <span className="unseen">{say(`what.${what}`, { id })}</span>
      <span className="mono" title={id} data-full={id} aria-hidden="true" {...rest}>
        {id.split('@').map(shorten).join('@')}
      </span>
      {copy && <CopyButton text={id} label={say(`copy.${what}`)} />}
    </span>
  );
}

/** All of an id, in groups of four, where one decides by it. */
export function Groups({ id }: { id: string }) {
  const [, prefix = '', digits = ''] = /^(0x)?(.*)$/.exec(id) ?? [];
  const groups = digits.match(/.{1,4}/g) ?? [];
  return (
    <span className="groups mono">
      {groups.map((group, at) => (
        <span key={at}>{at === 0 ? prefix + group : group} </span>
      ))}
    </span>
  );
}

/** A shortened id in a sentence stays in one piece. */
export const Short = ({ id }: { id: string }) => <span className="shortened">{shorten(id)}</span>;
