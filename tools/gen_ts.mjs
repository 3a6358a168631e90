// Writes what is generated from the field lists, with the program mica_schema (build it first):
//   tests/vectors/schema.yaml, codec.txt, text.txt;
//   js-bindings/bindings/generated/types.ts, schema.ts, commands.ts
//   node tools/gen_ts.mjs [--check] [path of mica_schema]      --check only compares
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inRoot, isMain } from './lib.mjs';

const head = '// Written by tools/gen_ts.mjs from the field lists of the C++ core. Do not edit.\n';

const primitives = {
  BOOL: ['boolean', 'bool'],
  U8: ['number', 'u8'],
  U16: ['number', 'u16'],
  U32: ['number', 'u32'],
  U64: ['bigint', 'u64'],
  U128: ['bigint', 'u128'],
  STR: ['string', 'str'],
  BYTES: ['Uint8Array', 'bytes'],
};
const isName = (name) => /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name);
const quote = (text) => `'${text}'`;

function only(object) {
  const entries = Object.entries(object);
  if (entries.length !== 1) throw new Error(`one member expected: ${JSON.stringify(object)}`);
  return entries[0];
}

// A format where it is used, as a TypeScript type.
function typeOf(format) {
  if (typeof format === 'string') return primitives[format][0];
  const [kind, inner] = only(format);
  switch (kind) {
    case 'TYPENAME':
      return inner;
    case 'OPTION':
      return `${typeOf(inner)} | null`;
    case 'SEQ': {
      const item = typeOf(inner);
      return item.endsWith(' | null') ? `(${item})[]` : `${item}[]`;
    }
    case 'MAP':
      return `[${typeOf(inner.KEY)}, ${typeOf(inner.VALUE)}][]`;
    case 'TUPLE':
      return `[${inner.map(typeOf).join(', ')}]`;
    case 'TUPLEARRAY':
      if (inner.CONTENT !== 'U8') throw new Error('arrays are of bytes');
      return 'Uint8Array';
    default:
      throw new Error(`unknown format ${kind}`);
  }
}

// The same as an entry of the codec's table (js-bindings/bindings/src/codec/table.ts).
function rowOf(format) {
  if (typeof format === 'string') return primitives[format][1];
  const [kind, inner] = only(format);
  switch (kind) {
    case 'TYPENAME':
      return inner;
    case 'OPTION':
      return ['option', rowOf(inner)];
    case 'SEQ':
      return ['seq', rowOf(inner)];
    case 'MAP':
      return ['map', rowOf(inner.KEY), rowOf(inner.VALUE)];
    case 'TUPLE':
      return ['tuple', ...inner.map(rowOf)];
    default:
      return ['array', inner.SIZE];
  }
}

const field = (named) => {
  const [name, format] = only(named);
  if (!isName(name)) throw new Error(`field ${name}`);
  return [name, format];
};
const members = (fields) =>
  fields.map((named) => field(named)).map(([name, format]) => `${name}: ${typeOf(format)}`);

function alternative([name, content]) {
  if (content === 'UNIT') return `{ $: ${quote(name)} }`;
  const [kind, inner] = only(content);
  if (kind === 'NEWTYPE') return `{ $: ${quote(name)}; value: ${typeOf(inner)} }`;
  if (kind === 'TUPLE') return `{ $: ${quote(name)}; value: [${inner.map(typeOf).join(', ')}] }`;
  const list = [`$: ${quote(name)}`, ...members(inner)];
  const line = `{ ${list.join('; ')} }`;
  return line.length <= 96 ? line : `{\n      ${list.join(';\n      ')};\n    }`;
}

const alternatives = (content) => Object.values(content).map(only);
const isChoice = (content) => alternatives(content).every(([, inner]) => inner === 'UNIT');

function declaration(name, format) {
  if (format === 'UNITSTRUCT') return `export type ${name} = null;\n`;
  const [kind, content] = only(format);
  if (kind === 'NEWTYPESTRUCT') return `export type ${name} = ${typeOf(content)};\n`;
  if (kind === 'TUPLESTRUCT') {
    return `export type ${name} = [${content.map(typeOf).join(', ')}];\n`;
  }
  if (kind === 'STRUCT') {
    const lines = members(content).map((line) => `  ${line};\n`);
    return `export interface ${name} {\n${lines.join('')}}\n`;
  }
  const list = alternatives(content);
  const lines = isChoice(content) ? list.map(([one]) => quote(one)) : list.map(alternative);
  return `export type ${name} =${lines.map((line) => `\n  | ${line}`).join('')};\n`;
}

function rowOfAlternative([name, content]) {
  if (content === 'UNIT') return [name];
  const [kind, inner] = only(content);
  if (kind === 'NEWTYPE') return [name, rowOf(inner)];
  if (kind === 'TUPLE') return [name, ['tuple', ...inner.map(rowOf)]];
  return [name, rowOfFields(inner)];
}
const rowOfFields = (fields) => [
  'struct',
  ...fields.map(field).map(([name, format]) => [name, rowOf(format)]),
];

function declarationRow(format) {
  if (format === 'UNITSTRUCT') return ['unit'];
  const [kind, content] = only(format);
  if (kind === 'NEWTYPESTRUCT') return rowOf(content);
  if (kind === 'TUPLESTRUCT') return ['tuple', ...content.map(rowOf)];
  if (kind === 'STRUCT') return rowOfFields(content);
  const list = alternatives(content);
  if (isChoice(content)) return ['choice', ...list.map(([one]) => one)];
  return ['enum', ...list.map(rowOfAlternative)];
}

export function typesFile(schema) {
  const names = Object.keys(schema);
  const lines = names.map((name) => `  ${name}: ${name};\n`).join('');
  const table =
    '// Every type by its name, for encode() and decode().\n' +
    `export interface Types {\n${lines}}\n`;
  const forms =
    '// u64 and u128 are bigint; maps are lists of pairs; an alternative is named by its `$`.\n';
  const all = names.map((name) => declaration(name, schema[name]));
  return `${head}${forms}\n${all.join('\n')}\n${table}`;
}

export function schemaFile(schema) {
  const rows = Object.entries(schema).map(
    ([name, format]) => `  ${name}: ${JSON.stringify(declarationRow(format))},\n`,
  );
  return (
    `${head}// The rows are explained in ../src/codec/table.ts.\n` +
    `import type { Row } from '../src/codec/table.ts';\n` +
    `import type { Types } from './types.ts';\n\n` +
    `export const schema: Record<keyof Types, Row> = {\n${rows.join('')}};\n`
  );
}

export function commandsFile(lines) {
  const rows = lines
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  const list = rows.map(([command, result]) => `  ${command}: '${result}',\n`).join('');
  return (
    `${head}import type { ClientCommand, ClientResult } from './types.ts';\n\n` +
    `/** How each command ends well. */\n` +
    `export const resultKinds = {\n${list}} as const ` +
    `satisfies Record<ClientCommand['$'], ClientResult['$']>;\n`
  );
}

export function generate(program) {
  const ask = (what) => {
    const { status, stdout, error } = spawnSync(program, [what], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    if (status !== 0) throw new Error(`${program} ${what}: ${error?.message ?? `exit ${status}`}`);
    return stdout;
  };
  const schema = JSON.parse(ask('json'));
  return {
    'tests/vectors/schema.yaml': ask('yaml'),
    'tests/vectors/codec.txt': ask('vectors'),
    'tests/vectors/text.txt': ask('text'),
    'js-bindings/bindings/generated/types.ts': typesFile(schema),
    'js-bindings/bindings/generated/schema.ts': schemaFile(schema),
    'js-bindings/bindings/generated/commands.ts': commandsFile(ask('commands')),
  };
}

// The files that differ from what the program says.
export function differing(files) {
  return Object.keys(files).filter(
    (path) => !existsSync(inRoot(path)) || readFileSync(inRoot(path), 'utf8') !== files[path],
  );
}

if (isMain(import.meta.url)) {
  const args = process.argv.slice(2);
  const check = args.includes('--check');
  const program = args.find((arg) => !arg.startsWith('--')) ?? inRoot('build/native/mica_schema');
  const files = generate(program);
  const stale = differing(files);
  if (!check) {
    for (const path of stale) {
      mkdirSync(dirname(inRoot(path)), { recursive: true });
      writeFileSync(inRoot(path), files[path]);
    }
  }
  for (const path of stale) console.log(`${check ? 'out of date' : 'written'}: ${path}`);
  if (check && stale.length > 0) {
    console.log('run node tools/gen_ts.mjs and commit');
    process.exitCode = 1;
  }
}
