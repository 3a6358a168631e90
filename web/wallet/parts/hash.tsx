// Ids and hashes: short to the eye; whole on hover, to screen readers, and to copy.
import { useEffect, useState } from 'react';
import { accountOf, CHAIN_OWNER, shorten, type AccountText } from '@mica/wallet-contract/addresses';
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
      aria-label={words ? undefined : copied ? 'Copied' : label}
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
      <span className="unseen">
        {what} {id}
      </span>
      <span className="mono" title={id} data-full={id} aria-hidden="true" {...rest}>
        {id.split('@').map(shorten).join('@')}
      </span>
      {copy && <CopyButton text={id} label={`Copy ${what}`} />}
    </span>
  );
}

/** All of an id, in groups of four, where one decides by it. */
function Groups({ id }: { id: string }) {
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

/** Who gets the money: whole, with the names that this wallet has for it. */
export function WholeAccount({
  account,
  names,
  ...rest
}: {
  account: AccountText;
  names: { owner: string | null; chain: string | null };
  'data-testid'?: string;
}) {
  const text = accountOf(account);
  const { owner, chainId } = account;
  return (
    <div className="whole-account" data-full={text} {...rest}>
      {owner !== CHAIN_OWNER && (
        <p>
          <b>{names.owner ?? 'Owner'}</b> <Groups id={owner} />
        </p>
      )}
      <p>
        <b>
          {owner !== CHAIN_OWNER && 'on '}
          {names.chain ?? 'Chain'}
        </b>{' '}
        <Groups id={chainId} />
      </p>
      <CopyButton text={text} label="Copy the recipient" words="Copy" />
    </div>
  );
}

/** A sentence whose shortened ids stay in one piece. */
export function Sentence({ text }: { text: string }) {
  return text.split(/(\S*…\S*)/).map((part, at) =>
    part.includes('…') ? (
      <span className="shortened" key={at}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}
