// Shared by the tools: the repository's root, child processes with progress, stamps, Chromium.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { start } from './lifetime.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const inRoot = (...parts) => join(root, ...parts);
export const jobs = String(Math.max(2, availableParallelism()));
const started = Date.now();

// Options of a command line, each of its default's kind: a whole number, a text, a flag, or under
// `names` what else there is. What is not in the defaults is refused.
/**
 * @template {Record<string, number | string | boolean | string[]>} T
 * @param {T} defaults
 * @param {string[]} [args]
 * @returns {{ [K in keyof T]: T[K] extends number ? number : T[K] extends string ? string :
 *   T[K] extends boolean ? boolean : string[] }}
 */
export function readOptions(defaults, args = process.argv.slice(2)) {
  const { names, ...named } = defaults;
  const types = Object.entries(named).map(([name, value]) => [
    name,
    { type: typeof value === 'boolean' ? 'boolean' : 'string' },
  ]);
  const options = Object.fromEntries(types);
  const { values, positionals } = parseArgs({ args, options, allowPositionals: Boolean(names) });
  for (const [name, given] of Object.entries(values)) {
    if (typeof named[name] !== 'number') continue;
    if (!/^\d+$/.test(given)) throw new Error(`--${name} takes a whole number, not ${given}`);
    values[name] = Number(given);
  }
  return { ...defaults, ...values, ...(names && { names: positionals }) };
}

// True in the script that node was started with.
export const isMain = (url) => process.argv[1] && url === pathToFileURL(process.argv[1]).href;

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
export function say(text) {
  const at = Math.floor((Date.now() - started) / 1000);
  const two = (number) => String(number).padStart(2, '0');
  console.log(`[${two(Math.floor(at / 60))}:${two(at % 60)}] ${text}`);
}

class CommandFailed extends Error {
  constructor(title, code, log) {
    super(`${title} failed (exit ${code}); the whole output is in ${log}`);
    this.code = code;
  }
}

const slug = (title) => title.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** What the programs that ended badly said of it, to be told again at the end. */
export const whatFailed = [];

// The lines by which our steps, GoogleTest and vitest tell a failure, each with the three after it.
export function failures(output) {
  const lines = output.split('\n');
  const told = new Set();
  for (const [at, line] of lines.entries()) {
    if (!/^FAILED |\[ {2}FAILED {2}\]|: Failure$|^ *FAIL /.test(line)) continue;
    for (let next = at; next < Math.min(at + 4, lines.length); ++next) told.add(next);
  }
  return [...told].map((at) => lines[at].slice(0, 300)).slice(0, 40);
}

// Runs a command with its output in build/logs, showing its latest line now and then.
// Resolves to { code, output }; throws CommandFailed unless `allowFailure`.
export async function run(title, command, args, options = {}) {
  mkdirSync(inRoot('build/logs'), { recursive: true });
  const log = inRoot('build/logs', `${slug(title)}.log`);
  const file = createWriteStream(log);
  const begun = Date.now();
  say(`${title} …`);
  const child = start(command, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    group: true,
  });
  let output = '';
  const take = (chunk) => {
    output = (output + chunk).slice(-400_000);
    file.write(chunk);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ticker = setInterval(() => {
    const last = output.trimEnd().split('\n').at(-1)?.trim().slice(0, 110);
    if (last) say(`    ${title}: ${last}`);
  }, options.every_ms ?? 15_000);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      take(`${error.message}\n`);
      resolve(127);
    });
    child.on('close', (status, signal) => resolve(status ?? `signal ${signal}`));
  });
  clearInterval(ticker);
  file.end();
  say(`${title}: ${code === 0 ? 'done' : `exit ${code}`} in ${seconds(Date.now() - begun)}`);
  if (code !== 0) {
    const tail = output
      .trimEnd()
      .split('\n')
      .slice(-(options.tail ?? 60));
    console.log(tail.map((line) => `    ${title} | ${line.slice(0, 300)}`).join('\n'));
    whatFailed.push(...failures(output).map((line) => `${title} | ${line}`));
    if (!options.allowFailure) throw new CommandFailed(title, code, log);
  }
  return { code, output };
}

// Runs a command in the foreground, its output on the terminal; resolves to its exit code.
export function foreground(command, args, env = {}) {
  const child = start(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.on('close', (status) => resolve(status ?? 1));
  });
}

export const succeeds = (command, args) =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

// A stamp is a file that holds the hash of what a step was made from.
export const isStamped = (file, key) => existsSync(file) && readFileSync(file, 'utf8') === key;
export function stamp(file, key) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, key);
}

const loader = pathToFileURL(inRoot('node_modules/tsx/dist/loader.mjs')).href;
const together = pathToFileURL(inRoot('tools/together.mjs')).href;

// The command that runs one of our TypeScript programs, which ends when we end.
/** @type {(script: string, args: string[]) => [string, string[]]} */
export const tsx = (script, args) => [
  process.execPath,
  ['--import', `${together}?parent=${process.pid}`, '--import', loader, inRoot(script), ...args],
];

// The Chromium to drive: $MICA_CHROMIUM, the system's, or the one Playwright may have brought.
// Branded Chrome is not looked for: it no longer loads unpacked extensions from a flag.
export async function findChromium() {
  const candidates = [process.env.MICA_CHROMIUM, '/usr/bin/chromium'];
  try {
    const { chromium } = await import('playwright-core');
    candidates.push(chromium.executablePath());
  } catch {
    // Not installed yet.
  }
  candidates.push('/snap/bin/chromium');
  return candidates.find((path) => path && existsSync(path));
}
