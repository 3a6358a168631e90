// What every host does for its core object beside messages: the store's files, and the alarm.
import { StoreError, type StoreMount } from '@mica/storage-idb';
import type { Failure } from '../../generated/types.ts';
import { textOf } from '../error_text.ts';
import { systemClock, WakeUp } from '../wake.ts';
import { untouched } from './failures.ts';
import type { NativeStore } from './module.ts';

type StoreEvent =
  | { $: 'Flushed'; value: bigint }
  | { $: 'FlushFailed'; commit_id: bigint; failure: Failure }
  | { $: 'Loaded'; file: string; ok: boolean };

/** Flushes and loads when the core says so, and tells it how that went. */
export class StoreIo {
  constructor(
    private readonly store: NativeStore,
    private readonly mount: StoreMount,
    private readonly tell: (event: StoreEvent) => void,
    private readonly log: (text: string) => void,
    /** After a flush that failed: what waited for it is never sent. */
    private readonly failed: (failure: Failure) => void = () => {},
  ) {}

  flush(commitId: bigint): void {
    this.mount.flush(this.store.takeChanges()).then(
      () => this.tell({ $: 'Flushed', value: commitId }),
      (error: unknown) => {
        this.mount.abandon();
        const failure = storeFailure(error);
        this.tell({ $: 'FlushFailed', commit_id: commitId, failure });
        this.failed(failure);
      },
    );
  }

  load(file: string): void {
    const loaded = (failed: string) => {
      const problem = this.store.segmentLoaded(file) || failed;
      this.mount.unload(file);
      if (problem) this.log(problem);
      this.tell({ $: 'Loaded', file, ok: problem === '' });
    };
    this.mount.load(file).then(
      () => loaded(''),
      (error: unknown) => loaded(textOf(error) || 'not loaded'),
    );
  }
}

/** One alarm: the newest time wins. Times are microseconds since 1970. */
export class Alarm {
  readonly #wake: WakeUp;

  constructor(
    private readonly clock: () => bigint,
    ring: () => void,
  ) {
    this.#wake = new WakeUp(systemClock, ring);
  }

  set(time: bigint): void {
    this.#wake.in(Number(time - this.clock()) / 1000);
  }

  stop(): void {
    this.#wake.stop();
  }
}

function storeFailure(error: unknown): Failure {
  const full = error instanceof StoreError && error.code === 'quota';
  return full
    ? untouched('StorageFull', 'The browser has no room to store what comes next.')
    : untouched('StorageFailed', `The store could not be written: ${textOf(error)}`);
}
