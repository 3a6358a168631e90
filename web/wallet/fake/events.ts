// Listeners by name, and answers that arrive later, as over a port.
type Listener = (value: never) => void;

export class Emitter<Events> {
  private readonly listeners = new Map<keyof Events, Set<Listener>>();

  on<K extends keyof Events>(event: K, listener: (value: Events[K]) => void): () => void {
    const set = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, set.add(listener));
    return () => void set.delete(listener);
  }
  emit<K extends keyof Events>(event: K, value: Events[K]): void {
    for (const listener of this.listeners.get(event) ?? []) {
      (listener as (value: Events[K]) => void)(structuredClone(value));
    }
  }
}
