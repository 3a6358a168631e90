// npm test: sets up, builds and runs everything; its last line is "N passed, N failed".
// npm run test:long: the same at length, where chance looks for what is rare.
//   npm test -- [part ...]     only the parts that are named (tools/parts.mjs)
import { say, seconds, whatFailed } from './lib.mjs';
import { ROOM, longParts, parts } from './parts.mjs';
import { schedule } from './schedule.mjs';
import { setup } from './setup.mjs';
import './together.mjs';
import { takeInTurn } from './turns.mjs';

const results = [];
const begun = Date.now();

async function measure({ name, work }) {
  const started = Date.now();
  const result = await work().catch((error) => {
    say(error.message);
    return { passed: 0, failed: 1 };
  });
  results.push({ name, ms: Date.now() - started, ...result });
}

function chosen() {
  const args = process.argv.slice(2).filter((arg) => arg !== '--');
  const wanted = args.filter((arg) => arg !== '--long');
  const all = args.includes('--long') ? longParts : parts;
  const names = all.map(({ name }) => name);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length === 0)
    return all.filter(({ name }) => !wanted.length || wanted.includes(name));
  throw new Error(`no such part: ${unknown.join(' ')}; there are ${names.join(' ')}`);
}

function printTable(leftOut) {
  if (whatFailed.length > 0) console.log(`\n${whatFailed.join('\n')}`);
  const row = (name, ...cells) => name.padEnd(20) + cells.map((text) => text.padStart(10)).join('');
  console.log(`\n${row('part', 'passed', 'failed', 'time')}`);
  for (const { name, passed, failed, ms } of results) {
    console.log(row(name, `${passed}`, `${failed}`, seconds(ms)));
  }
  if (leftOut.length > 0) {
    console.log(`left out, no Chromium: ${leftOut.map(({ name }) => name).join(' ')}`);
  }
  console.log(`in ${seconds(Date.now() - begun)}`);
}

async function main() {
  const all = chosen();
  await takeInTurn('npm test');
  const { chromium } = await setup(['build', 'test', 'browser', 'keyboard']);
  const leftOut = all.filter((part) => part.browser && !chromium);
  const rest = all.filter((part) => !leftOut.includes(part));
  await schedule(rest, ROOM, measure);
  printTable(leftOut);
}

try {
  await main();
} catch (error) {
  say(error.message);
  results.push({ passed: 0, failed: 1 });
}
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exit(total('failed') === 0 && total('passed') > 0 ? 0 : 1);
