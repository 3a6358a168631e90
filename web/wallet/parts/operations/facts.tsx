// Ids, sizes and lists in the details of operations.
import type { ReactNode } from 'react';
import type { AccountOwner, ApplicationId } from '@mica/bindings/types';
import { applicationIdToText, ownerToText, toHex } from '@mica/bindings/text';
import { useWords } from '../../words/use_words.tsx';
import { Hash } from '../hash.tsx';
import { OwnerName } from './names.tsx';

export function Lines({ lines }: { lines: ReactNode[] }) {
  const { say } = useWords();
  if (lines.length === 0) return say('none');
  return (
    <ul className="lines">
      {lines.map((line, at) => (
        <li key={at}>{line}</li>
      ))}
    </ul>
  );
}

export const Owner = ({ owner }: { owner: AccountOwner }) => (
  <>
    <OwnerName owner={owner} /> <Hash id={ownerToText(owner)} what="owner" />
  </>
);

export const Owners = ({ owners }: { owners: AccountOwner[] }) => (
  <Lines
    lines={owners.map((owner) => (
      <Owner key={ownerToText(owner)} owner={owner} />
    ))}
  />
);

export const Applications = ({ ids }: { ids: ApplicationId[] }) => (
  <Lines
    lines={ids.map(applicationIdToText).map((id) => (
      <Hash key={id} id={id} what="application" />
    ))}
  />
);

export const BlobHash = ({ hash }: { hash: Uint8Array }) => <Hash id={toHex(hash)} what="blob" />;
