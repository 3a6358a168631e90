// The fewest bytes that any value of a row takes (core/bcs/least_size.h): what a claimed number of
// elements is held against before any of them is made.
import { schema } from '../../generated/schema.ts';
import type { Alternative, Field, Row } from './table.ts';

const primitives: Record<string, number> = {
  bool: 1,
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  u128: 16,
  str: 1,
  bytes: 1,
};
const known = new Map<Row, number>();

export function leastBytes(row: Row): number {
  if (typeof row === 'string' && row in primitives) return primitives[row]!;
  const before = known.get(row);
  if (before !== undefined) return before;
  const least =
    typeof row === 'string' ? leastBytes(schema[row as keyof typeof schema]) : leastCompound(row);
  known.set(row, least);
  return least;
}

const sum = (rows: readonly Row[]) => rows.reduce((total, row) => total + leastBytes(row), 0);

function leastCompound(row: Exclude<Row, string>): number {
  switch (row[0]) {
    case 'unit':
      return 0;
    case 'option':
    case 'seq':
    case 'map':
    case 'choice':
      return 1;
    case 'array':
      return row[1];
    case 'tuple':
      return sum(row.slice(1) as Row[]);
    case 'struct':
      return sum((row.slice(1) as Field[]).map(([, field]) => field));
    case 'enum':
      return (
        1 + Math.min(...(row.slice(1) as Alternative[]).map((one) => sum(one.slice(1) as Row[])))
      );
  }
}
