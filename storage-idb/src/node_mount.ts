// The store in a folder under Node: each file is written beside its place, synced, renamed, and
// the folder synced, before the next one; so after a power cut the folder holds a prefix.
import { mkdir, open, readFile, readdir, rename, unlink, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StoreError, StoreMount, isHotFile } from './mount.ts';
import type { MountModule } from './mount.ts';

export interface NodeMountOptions {
  /** false: leave it to the system when bytes reach the disk (throw-away networks). */
  sync?: boolean;
}

const LOCK = 'lock';
const openHere = new Set<string>();

export class NodeMount extends StoreMount {
  private constructor(
    module: MountModule,
    folder: string,
    readonly path: string,
    private readonly sync: boolean,
  ) {
    super(module.FS, folder);
  }

  /** `folder` is the place in the module, `path` the one on the disk. */
  static async open(
    module: MountModule,
    folder: string,
    path: string,
    options: NodeMountOptions = {},
  ): Promise<NodeMount> {
    const place = resolve(path);
    await mkdir(place, { recursive: true, mode: 0o700 });
    await takeLock(place);
    try {
      const mount = new NodeMount(module, folder, place, options.sync ?? true);
      await mount.#populate();
      return mount;
    } catch (error) {
      await dropLock(place);
      throw asStoreError(error, place);
    }
  }

  protected async store(created: Map<string, Uint8Array>, removed: string[]): Promise<void> {
    try {
      for (const [name, bytes] of created) await this.#write(name, bytes);
      for (const name of removed) await unlinkIfThere(join(this.path, name));
    } catch (error) {
      throw asStoreError(error, this.path);
    }
  }

  protected async fetch(name: string): Promise<Uint8Array | undefined> {
    try {
      return new Uint8Array(await readFile(join(this.path, name)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw asStoreError(error, this.path);
    }
  }

  protected shut(): Promise<void> {
    return dropLock(this.path);
  }

  async #write(name: string, bytes: Uint8Array): Promise<void> {
    const temporary = join(this.path, `${name}.tmp`);
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      if (this.sync) await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(this.path, name));
    if (this.sync) await syncFolder(this.path);
  }

  // A segment without the index of its commit belongs to a commit that never was.
  async #populate(): Promise<void> {
    const names = await readdir(this.path);
    const there = new Set(names);
    for (const name of names) {
      const segment = /^seg-([0-9a-f]{16})-[0-9a-f]{4}$/.exec(name);
      const orphan =
        segment !== null && !there.has(`idx-${segment[1]}`) && !there.has(`bad-idx-${segment[1]}`);
      if (orphan || name.endsWith('.tmp')) await unlinkIfThere(join(this.path, name));
      if (isHotFile(name)) this.place(name, new Uint8Array(await readFile(join(this.path, name))));
    }
  }
}

// Which process, not only which number: numbers are used again after a restart.
function processMark(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${pid} ${started}`;
  } catch {
    return `${pid}`;
  }
}

async function takeLock(path: string): Promise<void> {
  const lock = join(path, LOCK);
  const busy = (who: string) => new StoreError('busy', `${path} is in use by ${who}`);
  if (openHere.has(path)) throw busy('this process');
  const holder = await readFile(lock, 'utf8').catch(() => '');
  const pid = Number.parseInt(holder, 10);
  if (pid > 0 && pid !== process.pid && processMark(pid) === holder) throw busy(`process ${pid}`);
  await unlinkIfThere(lock);
  try {
    await writeFile(lock, processMark(process.pid) ?? '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw busy('another process');
    throw asStoreError(error, path);
  }
  openHere.add(path);
}

async function dropLock(path: string): Promise<void> {
  openHere.delete(path);
  await unlinkIfThere(join(path, LOCK));
}

async function unlinkIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function asStoreError(cause: unknown, path: string): StoreError {
  if (cause instanceof StoreError) return cause;
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StoreError('quota', `no room to store ${path}: free some disk space`, { cause });
  }
  return new StoreError('io', `${path} cannot be used: ${code}`, { cause });
}
