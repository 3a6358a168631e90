import { expect, it } from 'vitest';
import { shown } from '../fake/shown.tsx';
import { scenes } from '../fake/scenes.ts';
import { Home } from './home.tsx';
import { Send } from './send.tsx';

const sendButton = (html: string) => /<button[^>]*data-testid="send"[^>]*>/.exec(html)?.[0];

it('is offered from a chain that this wallet can make blocks of', async () => {
  expect(await shown(<Send />, scenes.home)).toContain('data-testid="send-next"');
  expect(sendButton(await shown(<Home />, scenes.home))).not.toContain('disabled');
});

it.each([
  ['closed', 'This chain is closed'],
  ['notExecuted', 'until the wallet is updated'],
] as const)('says why nothing can be sent: %s', async (scene, why) => {
  const html = await shown(<Send />, scenes[scene]);
  expect(html).toContain(why);
  expect(html).not.toContain('data-testid="send-next"');
  expect(sendButton(await shown(<Home />, scenes[scene]))).toContain('disabled');
});
