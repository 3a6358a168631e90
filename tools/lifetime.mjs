// Programs that end together: what a program of ours started ends with it, however it ends, and it
// ends when who started it is gone. tools/together.mjs, loaded first, makes a program one of them.
import { spawn } from 'node:child_process';

const LOOK_MS = 200;
/** For leaving in order; what has not left by then is killed. */
const GRACE_MS = 2500;
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

const children = new Set();
const lastWorks = [];
let watching = false;
let ending = false;

/**
 * Starts a program that ends with this one. `group`: and with all that it starts, as compilers do.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { group?: boolean }} [options]
 * @returns {import('node:child_process').ChildProcess}
 */
export function start(command, args, { group = false, ...options } = {}) {
  const child = spawn(command, args, { ...options, detached: group });
  const entry = { child, group };
  children.add(entry);
  child.once('exit', () => children.delete(entry));
  child.once('error', () => children.delete(entry));
  return child;
}

/**
 * What is done before this program ends early.
 * @param {() => unknown} work
 */
export const atEnd = (work) => void lastWorks.push(work);

/**
 * Ends this program and what it started, once the works of `atEnd` are done.
 * @param {number} code
 */
export async function end(code) {
  if (ending) return;
  ending = true;
  const leave = () => {
    signalAll('SIGKILL');
    process.exit(code);
  };
  setTimeout(leave, GRACE_MS);
  const gone = [...children].map(({ child }) => new Promise((done) => child.once('exit', done)));
  signalAll('SIGTERM');
  await Promise.allSettled([...lastWorks.map(async (work) => work()), ...gone]);
  leave();
}

function signalAll(signal) {
  for (const { child, group } of children) {
    try {
      process.kill(group ? -child.pid : child.pid, signal);
    } catch {
      // It has just gone.
    }
  }
}

/**
 * From now on a signal, or the end of process `parent`, ends this program as `end` does.
 * @param {number | null} parent
 */
export function endTogether(parent) {
  if (watching) return;
  watching = true;
  for (const [signal, code] of Object.entries(exitCodes)) process.on(signal, () => void end(code));
  if (parent === null) return;
  setInterval(() => {
    if (process.ppid !== parent) void end(exitCodes.SIGHUP);
  }, LOOK_MS).unref();
}
