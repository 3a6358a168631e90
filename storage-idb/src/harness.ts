// Test only: the host's side of tests/storage-idb/harness/harness.cc.
import type { FileChange, MountModule, StoreMount } from './mount.ts';

export interface HarnessModule extends MountModule {
  ccall(name: string, returns: string | null, types: string[], args: unknown[]): unknown;
}

export class Harness {
  private constructor(
    readonly module: HarnessModule,
    readonly mount: StoreMount,
  ) {}

  static async open(module: HarnessModule, mount: StoreMount, genesis = 7): Promise<Harness> {
    const harness = new Harness(module, mount);
    const types = ['string', 'number', 'number'];
    const error = module.ccall('harness_open', 'string', types, [mount.folder, genesis, 1]);
    if (error) {
      await mount.close();
      throw new Error(String(error));
    }
    mount.release();
    return harness;
  }

  commit(): number {
    const commit = this.#number('harness_commit');
    if (commit < 0) throw new Error('the store refused a commit');
    return commit;
  }
  last = () => this.#number('harness_last');
  bytesWritten = () => this.#number('harness_bytes_written');

  changes(): FileChange[] {
    const lines = String(this.module.ccall('harness_changes', 'string', [], [])).split('\n');
    return lines
      .filter((line) => line !== '')
      .map((line) => ({ name: line.slice(1), removed: line[0] === '-' }));
  }
  flush(): Promise<void> {
    return this.mount.flush(this.changes());
  }

  /** Compares hot state and every cold record with the model; throws what differs. */
  async verify(): Promise<void> {
    for (let from = 0; ;) {
      const answer = String(this.module.ccall('harness_verify', 'string', ['number'], [from]));
      if (answer === '') return;
      const [verb, name, at] = answer.split(' ');
      if (verb !== 'load' || !name) throw new Error(answer);
      await this.mount.load(name);
      const error = this.module.ccall('harness_segment_loaded', 'string', ['string'], [name]);
      this.mount.unload(name);
      if (error) throw new Error(String(error));
      from = Number(at);
    }
  }

  #number(name: string): number {
    return Number(this.module.ccall(name, 'number', [], []));
  }
}
