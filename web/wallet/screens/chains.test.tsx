import { expect, it } from 'vitest';
import { scenes } from '../fake/scenes.ts';
import { shown } from '../fake/shown.tsx';
import { ChainsScreen } from './chains.tsx';

it('says in the list which chain is not up to date', async () => {
  expect(await shown(<ChainsScreen />, scenes.notExecuted)).toContain('not up to date');
  expect(await shown(<ChainsScreen />, scenes.home)).not.toContain('not up to date');
});
