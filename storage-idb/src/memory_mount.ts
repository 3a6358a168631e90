// A store on a disk that is only a map: for tests, and for pages that keep nothing.
import { StoreMount, isHotFile } from './mount.ts';
import type { MountModule, StoreError } from './mount.ts';

/** Outlives its mounts; `failure` makes the next flushes fail. */
export class MemoryDisk {
  readonly files = new Map<string, Uint8Array>();
  failure: StoreError | undefined;
}

export class MemoryMount extends StoreMount {
  private constructor(
    module: MountModule,
    folder: string,
    readonly disk: MemoryDisk,
  ) {
    super(module.FS, folder);
  }

  static async open(
    module: MountModule,
    folder: string,
    disk = new MemoryDisk(),
  ): Promise<MemoryMount> {
    const mount = new MemoryMount(module, folder, disk);
    for (const [name, bytes] of disk.files) if (isHotFile(name)) mount.place(name, bytes.slice());
    return mount;
  }

  protected async store(created: Map<string, Uint8Array>, removed: string[]): Promise<void> {
    await Promise.resolve();
    if (this.disk.failure) throw this.disk.failure;
    for (const [name, bytes] of created) this.disk.files.set(name, bytes);
    for (const name of removed) this.disk.files.delete(name);
  }

  protected async fetch(name: string): Promise<Uint8Array | undefined> {
    return this.disk.files.get(name)?.slice();
  }

  protected async shut(): Promise<void> {}
}
