// Ids and hashes: short to the eye, whole on hover, to screen readers by their ends, and to copy.
import { useEffect, useState } from 'react';
import { shorten } from '../../../js-bindings/src/wallet/addresses.ts';
import { Icon } from './icons.tsx';

const COPIED_MS = 1500;

export function useCopied(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
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
  words,
  ...rest
}: {
  text: string;
  label: string;
  /** Shown beside the sign; without it the sign is alone. */
  words?: string;
  'data-testid'?: string;
}) {
  const [copied, copy] = useCopied();
  return (
    <button
      type="button"
      className={words ? 'button plain small' : 'icon-button small'}
      aria-label={copied ? 'Copied' : label}
      title={label}
      onClick={() => copy(text)}
      {...rest}
    >
      <Icon name={copied ? 'check' : 'copy'} size={16} />
      {words && (copied ? 'Copied' : words)}
      <span className="unseen" aria-live="polite">
        {copied ? 'Copied' : ''}
      </span>
    </button>
  );
}

const spoken = (id: string) => `ends in ${[...id.slice(-4)].join(' ')}`;

export function Hash({
  id,
  copy = true,
  what = 'id',
  ...rest
}: {
  id: string;
  copy?: boolean;
  what?: string;
  'data-testid'?: string;
}) {
  return (
    <span className="hash">
      <span
        className="mono"
        title={id}
        data-full={id}
        aria-label={`${what} ${spoken(id)}`}
        {...rest}
      >
        {id.split('@').map(shorten).join('@')}
      </span>
      {copy && <CopyButton text={id} label={`Copy ${what}`} />}
    </span>
  );
}

/** A sentence whose shortened ids stay in one piece. */
export function Sentence({ text }: { text: string }) {
  return text.split(/(\S*…\S*)/).map((part, at) =>
    part.includes('…') ? (
      <span className="whole" key={at}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}
