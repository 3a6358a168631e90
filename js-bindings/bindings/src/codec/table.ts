// The rows of generated/schema.ts, from which codec.ts encodes and decodes.

import type { Types } from '../../generated/types.ts';

type Primitive = 'bool' | 'u8' | 'u16' | 'u32' | 'u64' | 'u128' | 'str' | 'bytes';
export type Field = readonly [name: string, row: Row];
// An alternative without a row holds nothing; one with a struct's row has the fields beside `$`;
// any other has its content as `value`.
export type Alternative = readonly [name: string] | readonly [name: string, row: Row];

export type Row =
  | Primitive
  | keyof Types
  | readonly ['option', Row]
  | readonly ['seq', Row]
  | readonly ['map', Row, Row]
  | readonly ['tuple', ...Row[]]
  | readonly ['array', number]
  | readonly ['struct', ...Field[]]
  | readonly ['enum', ...Alternative[]]
  | readonly ['choice', ...string[]]
  | readonly ['unit'];
