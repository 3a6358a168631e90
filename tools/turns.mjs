// Turns between programs of this clone: a name is held by one at a time, until it lets go or ends.
// Held is an abstract Unix socket, which the system takes back from whoever dies; it answers with
// who holds it.
import { connect, createServer } from 'node:net';
import { mkdirSync, rmSync } from 'node:fs';
import { inRoot, root, say, sha256 } from './lib.mjs';

const me = `process ${process.pid} (${process.argv.slice(1).join(' ').replaceAll(`${root}/`, '')})`;
const addressOf = (name) => `\0mica-${sha256(`${root} ${name}`).slice(0, 32)}`;

/**
 * Takes the name; null when another has it.
 * @param {string} name
 * @returns {Promise<{ release(): void } | null>}
 */
export function take(name) {
  return new Promise((resolve, reject) => {
    const waiting = new Set();
    const server = createServer((socket) => {
      socket.unref();
      waiting.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => waiting.delete(socket));
      socket.write(me);
    });
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(addressOf(name), () => {
      server.unref();
      resolve({
        release() {
          server.close();
          for (const socket of waiting) socket.destroy();
        },
      });
    });
  });
}

/**
 * Who has the name: told to `told`; resolves when it is let go.
 * @param {string} name
 * @param {(who: string) => void} told
 * @returns {Promise<void>}
 */
function untilFree(name, told) {
  return new Promise((resolve) => {
    const socket = connect(addressOf(name));
    socket.once('data', (who) => told(who.toString()));
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
  });
}

/**
 * Takes the name, after all who came before.
 * @param {string} name
 */
export async function takeInTurn(name) {
  for (;;) {
    const turn = await take(name);
    if (turn) return turn;
    await untilFree(name, (who) => say(`${name}: waiting for ${who}`));
  }
}

/**
 * Does the work while no other program of this clone does one of that name.
 * @template T
 * @param {string} name
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inTurn(name, work) {
  const turn = await takeInTurn(name);
  try {
    return await work();
  } finally {
    turn.release();
  }
}

/**
 * An empty folder for what this program leaves behind: build/<name>, or build/<name>-2 and so on
 * while others of its kind run.
 * @param {string} name
 * @returns {Promise<string>}
 */
export async function ownFolder(name) {
  for (let number = 1; ; number += 1) {
    const folder = number === 1 ? name : `${name}-${number}`;
    if (!(await take(`folder ${folder}`))) continue;
    if (number > 1) say(`another ${name} runs: this one writes to build/${folder}`);
    rmSync(inRoot('build', folder), { recursive: true, force: true });
    mkdirSync(inRoot('build', folder), { recursive: true });
    return inRoot('build', folder);
  }
}
