// The wallet's own small records in the engine's store, as JSON: durable with the chains.
import { ask, type Engine } from './engine.ts';

const text = new TextEncoder();
const bytes = new TextDecoder();

export class Records {
  constructor(private readonly engine: Engine) {}

  async put(key: string, value: object): Promise<void> {
    await this.engine.command({
      $: 'PutRecord',
      key,
      value: text.encode(JSON.stringify(value)),
    });
  }

  async remove(key: string): Promise<void> {
    await this.engine.command({ $: 'PutRecord', key, value: new Uint8Array() });
  }

  /** A record that cannot be read is left out: no record is worth not starting. */
  async list<T>(prefix: string): Promise<[key: string, value: T][]> {
    const { value: records } = await ask(this.engine, {
      $: 'ListRecords',
      value: prefix,
    });
    return records.flatMap(([key, value]) => {
      try {
        return [[key, JSON.parse(bytes.decode(value)) as T] as [string, T]];
      } catch {
        return [];
      }
    });
  }
}
