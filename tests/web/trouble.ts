// Bad input, end to end, in headless Chromium with the extension really installed: a wrong clock, a
// full disk, a damaged or lost store, pages that lie or flood, validators that are away, and people
// who mistype. Each is said in words that tell what became of the money, and none of it is lost.
// Pictures in build/trouble. What demo.ts shows already is not repeated.   tsx tests/web/trouble.ts
import { readOptions } from '@mica/tools/lib';
import {
  clocks,
  damagedStore,
  fullDisk,
  locks,
  lostFastBlock,
  lostSettings,
  lostStore,
} from './lib/trouble_computer.ts';
import { approvedAgain, people, validators } from './lib/trouble_network.ts';
import { pages } from './lib/trouble_pages.ts';
import { Trouble } from './lib/trouble_world.ts';

const all = {
  clocks,
  locks,
  fullDisk,
  damagedStore,
  lostStore,
  lostFastBlock,
  lostSettings,
  pages,
  validators,
  people,
  approvedAgain,
};
const { names } = readOptions({ names: [] });

const begun = performance.now();
const trouble = await Trouble.start();
try {
  for (const [name, part] of Object.entries(all)) {
    if (names.length === 0 || names.includes(name)) await part(trouble);
  }
} catch (error) {
  console.error(error);
  trouble.steps.reports.push({ name: 'to the end', ms: 0, ok: false, error: String(error) });
}
console.log(`in ${Math.round((performance.now() - begun) / 1000)} s`);
process.exit(await trouble.finish());
