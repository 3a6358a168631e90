// Ports of 127.0.0.1: whether one is free, and who has it.
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

/** @type {(port: number) => Promise<boolean>} */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * Throws, naming who has it and the flag for another, when the port is taken.
 * @param {number} port
 * @param {string} flag
 */
export async function demandFree(port, flag) {
  if (await isFree(port)) return;
  const holder = holderOf(port);
  const who = holder ? `process ${holder.pid} (${holder.command})` : 'another process';
  throw new Error(`port ${port} is taken by ${who}: end that, or give another port with ${flag}`);
}

/**
 * The process that listens there, as far as the system lets us see.
 * @param {number} port
 */
function holderOf(port) {
  const sockets = listeningSockets(port);
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (linksOf(pid).some((link) => sockets.has(link))) {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
      return { pid: Number(pid), command: command.slice(0, 200) };
    }
  }
  return null;
}

const LISTEN = '0A';

function listeningSockets(port) {
  const address = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => linesOf(file));
  const rows = lines.map((line) => line.trim().split(/\s+/));
  const found = rows.filter((row) => row[1]?.endsWith(address) && row[3] === LISTEN);
  return new Set(found.map((row) => `socket:[${row[9]}]`));
}

function linesOf(file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function linksOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((name) => linkOf(`/proc/${pid}/fd/${name}`));
  } catch {
    return [];
  }
}

function linkOf(path) {
  try {
    return [readlinkSync(path)];
  } catch {
    return [];
  }
}
