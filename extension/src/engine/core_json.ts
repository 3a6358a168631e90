// Values of the core as pages get them: names in camelCase, an alternative named by `type`, hashes
// and bytes as hex, owners as 0x…, amounts and other large numbers as decimal text.
import type { AccountOwner, Types } from '@mica/bindings/types';
import { schema } from '@mica/bindings/schema';
import type { Row } from '@mica/bindings/table';
import { ownerToText, toHex } from '@mica/bindings/text';

/** Below 2^53 for as long as anybody will ask: heights, and microseconds since 1970. */
const numbers = new Set(['BlockHeight', 'Timestamp']);

const camel = (name: string) =>
  name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

export const coreJson = <K extends keyof Types>(type: K, value: Types[K]): unknown =>
  jsonOf(type, value);

function jsonOf(row: Row, value: unknown): unknown {
  if (typeof row !== 'string') return compound(row, value);
  if (row === 'AccountOwner') return ownerToText(value as AccountOwner);
  if (numbers.has(row)) return Number(value);
  if (row in schema) return jsonOf(schema[row as keyof Types], value);
  if (value instanceof Uint8Array) return toHex(value);
  return typeof value === 'bigint' ? value.toString() : value;
}

function compound(row: Exclude<Row, string>, value: unknown): unknown {
  switch (row[0]) {
    case 'option':
      return value === null ? null : jsonOf(row[1], value);
    case 'seq':
      return (value as unknown[]).map((one) => jsonOf(row[1], one));
    case 'map':
      return (value as [unknown, unknown][]).map(([key, one]) => [
        jsonOf(row[1], key),
        jsonOf(row[2], one),
      ]);
    case 'tuple': {
      const [, ...rows] = row;
      return rows.map((one, at) => jsonOf(one, (value as unknown[])[at]));
    }
    case 'array':
      return toHex(value as Uint8Array);
    case 'struct': {
      const [, ...fields] = row;
      const from = value as Record<string, unknown>;
      return Object.fromEntries(
        fields.map(([name, its]) => [camel(name), jsonOf(its, from[name])]),
      );
    }
    case 'enum':
      return alternative(row, value as { $: string; value?: unknown });
    case 'choice':
      return value;
    case 'unit':
      return null;
  }
}

function alternative(
  [, ...all]: Extract<Row, readonly ['enum', ...unknown[]]>,
  value: { $: string; value?: unknown },
): unknown {
  const [, its] = all.find(([name]) => name === value.$) ?? [];
  if (its === undefined) return { type: value.$ };
  if (typeof its !== 'string' && its[0] === 'struct') {
    return { type: value.$, ...(jsonOf(its, value) as object) };
  }
  return { type: value.$, value: jsonOf(its, value.value) };
}
