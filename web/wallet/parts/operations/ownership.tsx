import type { ChainOwnership } from '@mica/bindings/types';
import { ownerToText } from '@mica/bindings/text';
import { Say, useWords } from '../../words/use_words.tsx';
import { Card, Facts } from '../page.tsx';
import { Lines, Owner, Owners } from './facts.tsx';

/** Who may make blocks of a chain, and how. */
export function Ownership({
  title,
  ownership,
}: {
  title: string;
  ownership: Omit<ChainOwnership, 'timeout_config'>;
}) {
  const { say } = useWords();
  const owners = ownership.owners.map(([owner, weight]) => (
    <Say
      key={ownerToText(owner)}
      id="facts.weight"
      values={{ owner: <Owner owner={owner} />, weight: `${weight}` }}
    />
  ));
  return (
    <Card title={title}>
      <Facts
        rows={[
          [say('facts.superOwners'), <Owners key="super" owners={ownership.super_owners} />],
          [say('facts.owners'), <Lines key="owners" lines={owners} />],
          [say('facts.multiLeader'), `${ownership.multi_leader_rounds}`],
          [
            say('facts.openRounds'),
            ownership.open_multi_leader_rounds ? say('facts.yes') : say('facts.no'),
          ],
        ]}
      />
    </Card>
  );
}
