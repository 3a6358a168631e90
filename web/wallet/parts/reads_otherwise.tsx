import type { Difference } from '../model/vault_reading.ts';
import { Notice } from './notice.tsx';
import { Facts } from './page.tsx';
import { useWords } from '../words/use_words.tsx';

/** The vault reads another block than the one shown: nothing to tick, it cannot be approved. */
export function ReadsOtherwise({ differences }: { differences: Difference[] }) {
  const { say } = useWords();
  if (differences.length === 0) return null;
  return (
    <Notice tone="bad" title={say('vault.otherwise')} data-testid="reads-otherwise">
      <p>{say('vault.otherwiseText')}</p>
      {differences.map(({ what, shown, read }) => (
        <Facts
          key={what}
          rows={[
            [say('vault.shown', { what: say(`vault.${what}`) }), <Said key="shown" text={shown} />],
            [say('vault.read', { what: say(`vault.${what}`) }), <Said key="read" text={read} />],
          ]}
        />
      ))}
    </Notice>
  );
}

/** As the block has it: names of the protocol, ids and numbers. */
function Said({ text }: { text: string }) {
  const { say } = useWords();
  return text ? <span translate="no">{text}</span> : say('none');
}
