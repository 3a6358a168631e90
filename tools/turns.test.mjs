import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inRoot } from './lib.mjs';
import { inTurn, ownFolder, take, takeInTurn } from './turns.mjs';

it('gives a name to one at a time', async () => {
  const name = randomUUID();
  const first = await take(name);
  expect(await take(name)).toBe(null);
  first.release();
  const second = await take(name);
  expect(second).not.toBe(null);
  second.release();
});

it('does works of one name one after the other', async () => {
  const name = randomUUID();
  const log = [];
  const work = (at) =>
    inTurn(name, async () => {
      log.push(`+${at}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      log.push(`-${at}`);
    });
  await Promise.all([work(1), work(2), work(3)]);
  for (let at = 0; at < log.length; at += 2) expect(log[at + 1]).toBe(`-${log[at].slice(1)}`);
  expect(log).toHaveLength(6);
});

it('has it back from a program that was killed', async () => {
  const name = randomUUID();
  const program = `import { take } from './tools/turns.mjs';
    await take('${name}');
    console.log('taken');
    setInterval(() => {}, 1000);`;
  const options = { cwd: inRoot(), stdio: ['ignore', 'pipe', 'inherit'] };
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], options);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  expect(await take(name)).toBe(null);
  const turn = takeInTurn(name);
  child.kill('SIGKILL');
  (await turn).release();
});

it('gives a second program of a kind a folder of its own', async () => {
  const name = `test-${randomUUID()}`;
  const folders = [await ownFolder(name), await ownFolder(name)];
  expect(folders).toEqual([inRoot('build', name), inRoot('build', `${name}-2`)]);
  for (const folder of folders) rmSync(folder, { recursive: true });
});
