// npm run demo: what a person can do with two wallets and a page, unattended, in headless Chromium
// with the extension really installed. Pictures and report.json in build/demo.
//   npm run demo -- [--idle-seconds N] [--bail]
import { readOptions } from '@mica/tools/lib';
import { demoAdversity } from './lib/demo_adversity.ts';
import { demoPage } from './lib/demo_page.ts';
import { demoRestarts } from './lib/demo_restarts.ts';
import { demoWallet } from './lib/demo_wallet.ts';
import { DemoWorld } from './lib/demo_world.ts';

const options = readOptions({ 'idle-seconds': 60, bail: false });
const world = await DemoWorld.start({ bail: options.bail });
try {
  await demoWallet.make(world);
  await demoPage(world);
  await demoWallet.use(world);
  await demoAdversity(world, options['idle-seconds']);
  await demoRestarts(world);
} catch (error) {
  console.error(error);
  world.steps.reports.push({ name: 'to the end', ms: 0, ok: false, error: String(error) });
}
const code = await world.finish();
process.exit(code);
