// BCS of every type of the core, driven by the generated table and as strict as core/bcs/bcs.h:
// whatever decodes encodes to the same bytes. Sets (which are plain lists in the table) may come in
// any order here; C++ looks at theirs.
import { schema } from '../../generated/schema.ts';
import type { Types } from '../../generated/types.ts';
import { CodecError } from './error.ts';
import { leastBytes } from './least_bytes.ts';
import { Reader } from './reader.ts';
import type { Alternative, Field, Row } from './table.ts';
import { Writer } from './writer.ts';

export function encode<Name extends keyof Types>(type: Name, value: Types[Name]): Uint8Array {
  const out = new Writer();
  write(out, type, value, type);
  return out.bytes();
}

// Throws a CodecError for bytes that are not exactly one value. `blank` makes the arrays of the
// value, where it matters in what memory they are.
export function decode<Name extends keyof Types>(
  type: Name,
  bytes: Uint8Array,
  blank?: (length: number) => Uint8Array,
): Types[Name] {
  const input = new Reader(bytes, blank);
  input.path.push(type);
  const value = read(input, type);
  input.finish();
  return value as Types[Name];
}

const limits = { u8: 0xff, u16: 0xffff, u32: 0xffffffff };
const bigLimits = { u64: 2n ** 64n - 1n, u128: 2n ** 128n - 1n };

function bad(where: string): never {
  throw new CodecError('BadValue', where);
}

// -1, 0 or 1: the order of map keys.
function compare(a: Uint8Array, b: Uint8Array): number {
  const both = Math.min(a.length, b.length);
  for (let i = 0; i < both; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(a.length - b.length);
}

function asList(value: unknown, where: string): unknown[] {
  return Array.isArray(value) ? value : bad(where);
}
function asBytes(value: unknown, where: string): Uint8Array {
  return value instanceof Uint8Array ? value : bad(where);
}
function asObject(value: unknown, where: string): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as never) : bad(where);
}

function write(out: Writer, row: Row, value: unknown, where: string): void {
  switch (row) {
    case 'bool':
      if (typeof value !== 'boolean') bad(where);
      return out.u8(value ? 1 : 0);
    case 'u8':
    case 'u16':
    case 'u32':
      if (typeof value !== 'number' || !Number.isInteger(value)) return bad(where);
      if (value < 0 || value > limits[row]) bad(where);
      return out[row](value);
    case 'u64':
    case 'u128':
      if (typeof value !== 'bigint' || value < 0n || value > bigLimits[row]) return bad(where);
      return out[row](value);
    case 'str':
      return typeof value === 'string' ? out.text(value, where) : bad(where);
    case 'bytes':
      out.length(asBytes(value, where).length, where);
      return out.raw(value as Uint8Array);
  }
  if (typeof row === 'string') return write(out, schema[row], value, where);
  writeCompound(out, row, value, where);
}

function writeCompound(out: Writer, row: Exclude<Row, string>, value: unknown, where: string) {
  switch (row[0]) {
    case 'unit':
      return;
    case 'option':
      out.u8(value == null ? 0 : 1);
      if (value != null) write(out, row[1], value, where);
      return;
    case 'seq': {
      const list = asList(value, where);
      out.length(list.length, where);
      list.forEach((item, i) => write(out, row[1], item, `${where}.${i}`));
      return;
    }
    case 'map':
      return writeMap(out, row, value, where);
    case 'tuple': {
      const rows = row.slice(1) as Row[];
      const list = asList(value, where);
      if (list.length !== rows.length) bad(where);
      return rows.forEach((one, i) => write(out, one, list[i], `${where}.${i}`));
    }
    case 'array':
      if (asBytes(value, where).length !== row[1]) bad(where);
      return out.raw(value as Uint8Array);
    case 'choice': {
      const index = (row.slice(1) as string[]).indexOf(value as string);
      return index < 0 ? bad(where) : out.uleb(index);
    }
    case 'struct':
      return writeFields(out, row.slice(1) as Field[], value, where);
    case 'enum':
      return writeAlternative(out, row.slice(1) as Alternative[], value, where);
  }
}

function writeMap(out: Writer, row: readonly ['map', Row, Row], value: unknown, where: string) {
  const entries = asList(value, where).map((entry, i) => {
    const [key, content] = asList(entry, `${where}.${i}`);
    const bytes = new Writer();
    write(bytes, row[1], key, `${where}.${i}`);
    return { key: bytes.bytes(), content };
  });
  entries.sort((a, b) => compare(a.key, b.key));
  out.length(entries.length, where);
  entries.forEach(({ key, content }, i) => {
    if (i > 0 && compare(entries[i - 1]!.key, key) === 0)
      throw new CodecError('NonCanonical', where);
    out.raw(key);
    write(out, row[2], content, `${where}.${i}`);
  });
}

function writeFields(out: Writer, fields: Field[], value: unknown, where: string) {
  const object = asObject(value, where);
  for (const [name, row] of fields) write(out, row, object[name], `${where}.${name}`);
}

function writeAlternative(out: Writer, list: Alternative[], value: unknown, where: string) {
  const object = asObject(value, where);
  const index = list.findIndex(([name]) => name === object.$);
  if (index < 0) bad(`${where}.$`);
  const [name, row] = list[index]!;
  out.uleb(index);
  if (row === undefined) return;
  const inside = `${where}.${name}`;
  if (isStruct(row)) writeFields(out, row.slice(1) as Field[], object, inside);
  else write(out, row, object.value, inside);
}

const isStruct = (row: Row): row is readonly ['struct', ...Field[]] =>
  typeof row !== 'string' && row[0] === 'struct';

function read(input: Reader, row: Row): unknown {
  switch (row) {
    case 'bool':
    case 'u8':
    case 'u16':
    case 'u32':
    case 'u64':
    case 'u128':
      return input[row]();
    case 'str':
      return input.text();
    case 'bytes':
      return input.bytes();
  }
  if (typeof row === 'string') return read(input, schema[row]);
  return readCompound(input, row);
}

function within(input: Reader, name: string, row: Row): unknown {
  input.path.push(name);
  const value = read(input, row);
  input.path.pop();
  return value;
}

function readCompound(input: Reader, row: Exclude<Row, string>): unknown {
  switch (row[0]) {
    case 'unit':
      return null;
    case 'option':
      return input.bool() ? read(input, row[1]) : null;
    case 'seq': {
      const list: unknown[] = [];
      const count = input.elements(leastBytes(row[1]));
      for (let i = 0; i < count; i++) list.push(read(input, row[1]));
      return list;
    }
    case 'map':
      return readMap(input, row);
    case 'tuple':
      return (row.slice(1) as Row[]).map((one) => read(input, one));
    case 'array':
      return input.take(row[1]);
    case 'choice':
      return (row.slice(1) as string[])[input.uleb()] ?? input.fail('BadTag');
    case 'struct':
      return readFields(input, row.slice(1) as Field[], {});
    case 'enum':
      return readAlternative(input, row.slice(1) as Alternative[]);
  }
}

function readMap(input: Reader, row: readonly ['map', Row, Row]): unknown {
  const list: [unknown, unknown][] = [];
  const count = input.elements(leastBytes(row[1]) + leastBytes(row[2]));
  let last: Uint8Array | undefined;
  for (let i = 0; i < count; i++) {
    const start = input.offset;
    const key = read(input, row[1]);
    const bytes = input.since(start);
    if (last && compare(last, bytes) >= 0) input.fail('NonCanonical');
    last = bytes;
    list.push([key, read(input, row[2])]);
  }
  return list;
}

function readFields(input: Reader, fields: Field[], into: Record<string, unknown>) {
  for (const [name, row] of fields) into[name] = within(input, name, row);
  return into;
}

function readAlternative(input: Reader, list: Alternative[]): unknown {
  const [name, row] = list[input.uleb()] ?? input.fail('BadTag');
  if (row === undefined) return { $: name };
  if (!isStruct(row)) return { $: name, value: within(input, name, row) };
  input.path.push(name);
  const value = readFields(input, row.slice(1) as Field[], { $: name });
  input.path.pop();
  return value;
}
