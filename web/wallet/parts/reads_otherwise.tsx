import type { Difference } from '../model/vault_reading.ts';
import { Notice } from './notice.tsx';
import { Facts } from './page.tsx';

/** The vault reads another block than the one shown: nothing to tick, it cannot be approved. */
export function ReadsOtherwise({ differences }: { differences: Difference[] }) {
  if (differences.length === 0) return null;
  return (
    <Notice
      tone="bad"
      title="The vault reads another block than this window shows"
      data-testid="reads-otherwise"
    >
      <p>It cannot be approved. Reject it; if this comes again, update the wallet.</p>
      {differences.map(({ what, shown, read }) => (
        <Facts
          key={what}
          rows={[
            [`${what}, shown`, shown],
            [`${what}, in the block`, read],
          ]}
        />
      ))}
    </Notice>
  );
}
