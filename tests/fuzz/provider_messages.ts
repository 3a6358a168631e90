// What a page can send to the wallet: to the provider, the relay, the door and the engine.
//   npm run fuzz -- [--seconds N] [--seed S] provider_messages
// Each property gets its part of the time; 0 takes a new seed. The same seed tries the same again.
import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { readOptions } from '@mica/tools/lib';
import { message, sender } from './provider/door.ts';
import { engine } from './provider/engine.ts';
import { receive, relay, request } from './provider/page.ts';

const properties = { message, sender, request, receive, relay, engine };
/** Of the time of all. */
const parts = { message: 1, sender: 1, request: 1, receive: 1, relay: 2, engine: 4 };
const SHRINK_MS = 60_000;

const options = readOptions({ seconds: 60, seed: 0, names: [] });
const seed = options.seed || randomInt(1, 2 ** 31);
const names = Object.keys(properties) as (keyof typeof properties)[];
const chosen = names.filter((name) => !options.names.length || options.names.includes(name));
const all = chosen.reduce((sum, name) => sum + parts[name], 0);

async function run(name: keyof typeof properties): Promise<boolean> {
  const property = properties[name] as fc.IRawProperty<unknown>;
  const limits = { seed, numRuns: Number.MAX_SAFE_INTEGER, markInterruptAsFailure: false };
  const ms = (options.seconds * 1000 * parts[name]) / all;
  let found = await fc.check(property, { ...limits, interruptAfterTimeLimit: ms });
  if (found.failed && found.interrupted && found.counterexamplePath !== null) {
    const path = found.counterexamplePath;
    const again = { ...limits, path, interruptAfterTimeLimit: SHRINK_MS };
    found = await fc.check(property, again);
  }
  console.log(`${found.failed ? 'FAILED' : 'ok    '} ${name}: ${found.numRuns} runs`);
  if (!found.failed) return true;
  const report = fc.defaultReportMessage(found) ?? '';
  console.log(report.replace(/(.{500})\S{1000,}/g, '$1 …'));
  console.log(found.errorInstance);
  return false;
}

// The product says on the console what it could not store.
console.warn = () => undefined;
console.log(`seed ${seed}, ${options.seconds} s`);
let failed = 0;
for (const name of chosen) {
  if (!(await run(name))) failed += 1;
}
console.log(`${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
