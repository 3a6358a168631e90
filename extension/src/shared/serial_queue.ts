/** One act after the other, whatever became of those before. */
export class SerialQueue {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(act: () => Promise<T>): Promise<T> {
    const next = this.last.then(act);
    this.last = next.catch(() => undefined);
    return next;
  }
}

/** The same for each key; those of different keys do not wait for each other. */
export class SerialQueues<Key> {
  private readonly last = new Map<Key, Promise<void>>();

  run<T>(key: Key, act: () => Promise<T>): Promise<T> {
    const next = (this.last.get(key) ?? Promise.resolve()).then(act);
    const clear = () => {
      if (this.last.get(key) === over) this.last.delete(key);
    };
    const over: Promise<void> = next.then(clear, clear);
    this.last.set(key, over);
    return next;
  }
}
