// What a site is shown to be given: by the window that connects it, and afterwards.
import { expect, it } from 'vitest';
import type { Approval } from '@mica/wallet-contract/api';
import { chainA } from '../fake/fake_data.ts';
import { shown } from '../fake/shown.tsx';
import { de } from '../words/de/index.ts';
import { Words } from '../words/words.ts';
import { ConnectRequest } from './approval_connect.tsx';
import { SiteScreen } from './sites.tsx';

const german = new Words({ locale: 'de', texts: de });
const origin = 'https://game.example';

function connecting(readsOthers: boolean, words?: Words) {
  const approval: Extract<Approval, { kind: 'connect' }> = {
    ...{ kind: 'connect', id: 'c1', origin, createdAt: 0, suggested: [] },
    readsOthers,
  };
  return shown(<ConnectRequest approval={approval} onDone={() => undefined} />, {}, words);
}
function site(readsOthers: boolean) {
  const given = { origin, chainIds: [chainA], readsOthers, connectedAt: 0, lastUsedAt: 0 };
  return shown(<SiteScreen origin={origin} />, { wallet: { state: { sites: [given] } } });
}

it('says that a site asks to read chains of others, and what that costs', async () => {
  const html = await connecting(true);
  expect(html).toContain('data-testid="reads-others"');
  expect(html).toContain('May also read chains that are not in this wallet');
  expect(html).toContain('What is on them is public. It costs nothing and signs nothing');
  expect(html).toContain('is not told which other chains are yours');
  expect(html).not.toContain('sees no other chain');
  expect(await connecting(true, german)).toContain('Darf auch Chains lesen');
});

it('says nothing of it where the site does not ask', async () => {
  const html = await connecting(false);
  expect(html).not.toContain('data-testid="reads-others"');
  expect(html).toContain('sees no other chain');
});

it('shows which site has it, with how it ends', async () => {
  expect(await site(true)).toContain('no longer follows the chains that only this site reads');
  expect(await site(false)).not.toContain('data-testid="reads-others"');
});
