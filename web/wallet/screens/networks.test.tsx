import { expect, it } from 'vitest';
import { network, validators } from '../fake/fake_data.ts';
import { shown, unfolded } from '../fake/shown.tsx';
import { de } from '../words/de/index.ts';
import { Words } from '../words/words.ts';
import { NetworksScreen } from './networks.tsx';

it('what the log says of a silent validator lies folded, and is in no tooltip', async () => {
  const german = new Words({ locale: 'de', texts: de });
  const scene = { wallet: { state: { network: network({ validators: validators(1) }) } } };
  const html = await shown(<NetworksScreen />, scene, german);
  expect(html).toContain('connection refused');
  expect(unfolded(html)).not.toContain('connection refused');
  expect(unfolded(html)).toContain(de['networks.silent']);
});
