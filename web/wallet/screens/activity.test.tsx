import { expect, it } from 'vitest';
import { activity } from '../fake/fake_data.ts';
import { shown } from '../fake/shown.tsx';
import { EntryDetail } from './activity.tsx';

it('names a block by its hash as soon as it is certified', async () => {
  const hashes = activity.map(async (entry) => {
    const html = await shown(<EntryDetail entry={entry} />);
    return [entry.state, html.includes('data-testid="block-hash"')];
  });
  const told = Object.fromEntries(await Promise.all(hashes)) as Record<string, boolean>;
  expect(told).toMatchObject({ proposed: false, certified: true, delivered: true });
});
