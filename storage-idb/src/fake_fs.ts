// Test only: the part of Emscripten's FS that mounts use, over a map.
import type { MountFs, MountModule } from './mount.ts';

export class FakeFs implements MountFs {
  readonly files = new Map<string, Uint8Array>();
  mkdirTree() {}
  mount() {}
  readdir(path: string) {
    const names = [...this.files.keys()].filter((key) => key.startsWith(`${path}/`));
    return ['.', '..', ...names.map((key) => key.slice(path.length + 1))];
  }
  readFile(path: string) {
    const bytes = this.files.get(path);
    if (!bytes) throw new Error(`ENOENT ${path}`);
    return bytes.slice();
  }
  writeFile(path: string, bytes: Uint8Array) {
    this.files.set(path, bytes);
  }
  unlink(path: string) {
    if (!this.files.delete(path)) throw new Error(`ENOENT ${path}`);
  }
}

export const fakeModule = () => ({ FS: new FakeFs() }) satisfies MountModule;
