// Another process's memory, read from /proc: all that it could have written to.
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { findIn, longest, type Needle } from './needles.ts';

const CHUNK = 16 << 20;
const PAGE = 4096;

interface Region {
  start: number;
  end: number;
}

// Not the code and constants of files, which nobody has written to.
const holdsData = (mode: string, name: string) =>
  mode.startsWith('rw') || (mode.startsWith('r') && !/^(\/(?!memfd|dev)|\[v)/.test(name));

function regionsOf(pid: number): Region[] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .map((line) => /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)$/.exec(line))
    .filter((match) => match !== null && holdsData(match[3]!, match[4]!))
    .map((match) => ({ start: parseInt(match![1]!, 16), end: parseInt(match![2]!, 16) }));
}

// Of a mapping, what is really there: pages that were never touched are left out.
function* presentPieces(pagemap: number, { start, end }: Region): Generator<Region> {
  const entries = Buffer.alloc(((end - start) / PAGE) * 8);
  readSync(pagemap, entries, 0, entries.length, (start / PAGE) * 8);
  const isThere = (at: number) => (entries[((at - start) / PAGE) * 8 + 7]! & 0xc0) !== 0;
  for (let at = start; at < end; at += PAGE) {
    if (!isThere(at)) continue;
    const first = at;
    while (at < end && isThere(at)) at += PAGE;
    yield { start: first, end: at };
  }
}

export interface MemoryFind {
  needle: string;
  /** Where its mapping begins, and where in it. */
  region: number;
  offset: number;
  /** What stands around it, as text. */
  around: string;
}
interface MemorySearch {
  bytes: number;
  finds: MemoryFind[];
}

const printable = (bytes: Buffer) => bytes.toString('latin1').replace(/[^ -~]/g, '.');

export function searchProcess(pid: number, needles: readonly Needle[]): MemorySearch {
  const overlap = longest(needles) - 1;
  const buffer = Buffer.alloc(CHUNK + overlap);
  const search: MemorySearch = { bytes: 0, finds: [] };
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
  const searchPiece = (at: number, end: number, region: number) => {
    const got = read(memory, buffer, Math.min(buffer.length, end - at), at);
    search.bytes += Math.min(got, CHUNK);
    for (const find of findIn(buffer.subarray(0, got), needles)) {
      if (find.at >= CHUNK) continue; // the next piece has it
      const around = printable(buffer.subarray(Math.max(0, find.at - 40), find.at + 80));
      search.finds.push({ needle: find.needle, region, offset: at + find.at - region, around });
    }
  };
  try {
    for (const region of regionsOf(pid)) {
      for (const { start, end } of presentPieces(pagemap, region)) {
        for (let at = start; at < end; at += CHUNK) searchPiece(at, end, region.start);
      }
    }
  } finally {
    closeSync(memory);
    closeSync(pagemap);
  }
  return search;
}

// A mapping may go while it is read.
function read(file: number, buffer: Buffer, count: number, position: number): number {
  try {
    return readSync(file, buffer, 0, count, position);
  } catch {
    return 0;
  }
}

interface Process {
  pid: number;
  parent: number;
  command: string;
}

function processes(): Process[] {
  const all: Process[] = [];
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      all.push({ pid: Number(name), parent, command });
    } catch {
      // It went by itself.
    }
  }
  return all;
}

interface Renderer {
  pid: number;
  /** It holds an extension's pages and workers. */
  extension: boolean;
}

/** The renderers of the browser that runs on the profile's folder. */
export function renderersOf(folder: string): Renderer[] {
  const all = processes();
  const family = new Set(
    all
      .filter(({ command }) => command.includes(`--user-data-dir=${folder}`))
      .map(({ pid }) => pid),
  );
  // Children come after their parents, but for numbers that were used again.
  for (let size = 0; size < family.size;) {
    size = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all
    .filter(({ pid, command }) => family.has(pid) && command.includes('--type=renderer'))
    .map(({ pid, command }) => ({ pid, extension: command.includes('--extension-process') }));
}
