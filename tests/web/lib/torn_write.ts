// What SIGKILL in the middle of a write does to Chromium's own files. IndexedDB lies in LevelDB,
// whose log then ends with half a record. At the next start Chromium appends to that log; at the
// one after it the record is bad, and the whole database is dropped without a word.
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';

// LevelDB's doc/log_format.md: records of checksum u32, length u16, type u8 and the bytes, none
// across the end of a block.
const BLOCK = 32_768;
const HEADER = 7;
const FULL = 1;
const LAST = 4;

/** Where the last whole record ends. */
function wholeLength(log: Buffer): number {
  let whole = 0;
  for (let at = 0; at + HEADER <= log.length;) {
    const left = BLOCK - (at % BLOCK);
    if (left < HEADER) {
      at += left;
      continue;
    }
    const type = log[at + HEADER - 1];
    at += HEADER + log.readUInt16LE(at + 4);
    if (at > log.length) break;
    if (type === FULL || type === LAST) whole = at;
  }
  return whole;
}

/** Where chrome.storage.local lies: there the next start forgets what was written after it. */
export const SETTINGS = 'Local Extension Settings';
export const DATABASES = 'IndexedDB';

/** The log that is written to, of each LevelDB in that folder of the profile. */
function logs(profile: string, kind: string): string[] {
  const all = join(profile, 'Default', kind);
  if (!existsSync(all)) return [];
  return readdirSync(all).flatMap((name) => {
    const names = readdirSync(join(all, name)).filter((one) => one.endsWith('.log'));
    return names
      .sort()
      .slice(-1)
      .map((log) => join(all, name, log));
  });
}

/** For tests of the wallet, not of the browser; says how many logs ended with half a record. */
export function mendTornWrites(profile: string): number {
  let torn = 0;
  for (const log of [DATABASES, SETTINGS].flatMap((kind) => logs(profile, kind))) {
    const whole = wholeLength(readFileSync(log));
    if (whole === statSync(log).size) continue;
    truncateSync(log, whole);
    torn += 1;
  }
  return torn;
}

/** As if the browser had been killed while it wrote a record of 4096 bytes. */
export function tearWrites(profile: string, kind: string): void {
  for (const log of logs(profile, kind)) {
    appendFileSync(log, Buffer.concat([Buffer.from([1, 2, 3, 4, 0, 16, FULL]), Buffer.alloc(100)]));
  }
}
