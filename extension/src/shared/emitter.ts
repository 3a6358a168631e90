// Typed events: a part says what happened, and whoever stands above it hears that. `Events` has
// the values of each.
export class Emitter<Events extends Record<keyof Events, unknown[]>> {
  private readonly hearing: { [Name in keyof Events]?: ((...what: Events[Name]) => void)[] } = {};

  on<Name extends keyof Events>(name: Name, hear: (...what: Events[Name]) => void): void {
    (this.hearing[name] ??= []).push(hear);
  }

  /** At once, in the order in which they came to listen. */
  emit<Name extends keyof Events>(name: Name, ...what: Events[Name]): void {
    for (const hear of this.hearing[name] ?? []) hear(...what);
  }
}
