// The streams of a client, and when each was last heard: one may be dead without saying so, after
// the computer slept or the network changed.
export class OpenStreams {
  readonly #all = new Map<bigint, { stream: { close(): void }; heardMs: number }>();

  constructor(
    private readonly nowMs: () => number,
    /** It is not open any more, and whoever opened it must hear why. */
    private readonly ended: (id: bigint, reason: string) => void,
  ) {}

  add(id: bigint, stream: { close(): void }): void {
    this.#all.set(id, { stream, heardMs: this.nowMs() });
  }
  heard(id: bigint): void {
    const one = this.#all.get(id);
    if (one) one.heardMs = this.nowMs();
  }
  /** Its other side has closed it. */
  closed(id: bigint, reason: string): void {
    if (this.#all.delete(id)) this.ended(id, reason);
  }
  /** Nobody here wants it any more. */
  close(id: bigint): void {
    const one = this.#all.get(id);
    this.#all.delete(id);
    one?.stream.close();
  }
  closeAll(): void {
    for (const id of [...this.#all.keys()]) this.close(id);
  }
  /** Ends those that said nothing for so long, so that they are opened anew. */
  endSilent(silentMs: number): void {
    for (const [id, { heardMs }] of [...this.#all]) {
      if (this.nowMs() - heardMs < silentMs) continue;
      this.close(id);
      this.ended(id, 'silent: opened anew');
    }
  }
}
