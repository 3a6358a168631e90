// bincode (fixed integers, as in the opaque bytes of gRPC messages) to values, by the generated
// table: enough to see what a proposal says.
import { schema } from '@mica/bindings/schema';
import type { Types } from '@mica/bindings/types';
import type { Alternative, Field, Row } from '@mica/bindings/table';

const WIDTHS = { u8: 1, u16: 2, u32: 4, u64: 8, u128: 16 };

export class Bincode {
  offset = 0;
  constructor(readonly bytes: Uint8Array) {}

  read<Name extends keyof Types>(type: Name): Types[Name] {
    return this.#row(schema[type]) as Types[Name];
  }

  #int(width: number): bigint {
    let value = 0n;
    for (let i = width - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(this.#at(i));
    this.offset += width;
    return value;
  }
  #at(i: number): number {
    const byte = this.bytes[this.offset + i];
    if (byte === undefined) throw new Error('bincode: too short');
    return byte;
  }
  #take(count: number): Uint8Array {
    if (this.offset + count > this.bytes.length) throw new Error('bincode: too short');
    this.offset += count;
    return this.bytes.subarray(this.offset - count, this.offset);
  }
  #length(): number {
    const length = this.#int(8);
    if (length > BigInt(this.bytes.length)) throw new Error('bincode: length');
    return Number(length);
  }

  #row(row: Row): unknown {
    switch (row) {
      case 'bool':
        return this.#int(1) === 1n;
      case 'u8':
      case 'u16':
      case 'u32':
        return Number(this.#int(WIDTHS[row]));
      case 'u64':
      case 'u128':
        return this.#int(WIDTHS[row]);
      case 'str':
        return new TextDecoder().decode(this.#take(this.#length()));
      case 'bytes':
        return this.#take(this.#length());
    }
    return typeof row === 'string' ? this.#row(schema[row]) : this.#compound(row);
  }

  #compound(row: Exclude<Row, string>): unknown {
    switch (row[0]) {
      case 'unit':
        return null;
      case 'option':
        return this.#int(1) === 1n ? this.#row(row[1]) : null;
      case 'seq':
        return Array.from({ length: this.#length() }, () => this.#row(row[1]));
      case 'map':
        return Array.from({ length: this.#length() }, () => [this.#row(row[1]), this.#row(row[2])]);
      case 'tuple':
        return (row.slice(1) as Row[]).map((one) => this.#row(one));
      case 'array':
        return this.#take(row[1]);
      case 'choice':
        return row[Number(this.#int(4)) + 1];
      case 'struct':
        return this.#fields(row.slice(1) as Field[]);
      case 'enum':
        return this.#alternative(row.slice(1) as Alternative[]);
    }
  }

  #fields(fields: Field[]): Record<string, unknown> {
    return Object.fromEntries(fields.map(([name, row]) => [name, this.#row(row)]));
  }

  #alternative(list: Alternative[]): unknown {
    const found = list[Number(this.#int(4))];
    if (!found) throw new Error('bincode: tag');
    const [name, row] = found;
    if (row === undefined) return { $: name };
    if (typeof row !== 'string' && row[0] === 'struct') {
      return { $: name, ...this.#fields(row.slice(1) as Field[]) };
    }
    return { $: name, value: this.#row(row) };
  }
}
