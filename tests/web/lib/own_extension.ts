// The built extension as one run has it: a copy that later builds leave alone, whose first network
// is at an address where nothing answers. The build's own looks for whatever listens on this
// machine, as npm start does.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyBuilt } from '@mica/tools/built';
import { scratch } from './scratch.ts';

const BUILT_FAUCET = 'http://127.0.0.1:8080/';
/** Browsers refuse this port unasked. */
const DEAD_FAUCET = 'http://127.0.0.1:9/';

let copy: Promise<string> | undefined;

/** The copy's folder, the same during a run. MICA_EXTENSION: of another build. */
export const ownExtension = (): Promise<string> => (copy ??= makeCopy());

async function makeCopy(): Promise<string> {
  const folder = scratch('extension');
  await copyBuilt('extension', folder, process.env['MICA_EXTENSION']);
  let changed = 0;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
    const text = readFileSync(join(folder, name), 'utf8');
    if (!text.includes(BUILT_FAUCET)) continue;
    writeFileSync(join(folder, name), text.replaceAll(BUILT_FAUCET, DEAD_FAUCET));
    changed += 1;
  }
  if (changed === 0) throw new Error(`no ${BUILT_FAUCET} in the built extension: what is it now?`);
  return folder;
}
