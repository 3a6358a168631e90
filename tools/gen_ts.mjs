// Writes what is generated from the field lists, with the program mica_schema (build it first), and
// from the comments over them:
//   tests/vectors/schema.yaml, codec.txt, text.txt;
//   js-bindings/bindings/generated/types.ts, schema.ts, commands.ts
//   node tools/gen_ts.mjs [--check] [path of mica_schema]      --check only compares
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { commentsOf } from './header_comments.mjs';
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

const WIDTH = 100;
const noNote = { text: '', members: new Map() };
const noteOf = (note, name) => note?.members.get(name) ?? noNote;

// A comment over what follows it, or nothing.
function doc({ text }, indent) {
  if (text === '') return '';
  const words = text.replaceAll('*/', '* /').split(' ');
  const one = `${indent}/** ${words.join(' ')} */\n`;
  if (one.length <= WIDTH) return one;
  const lines = [''];
  for (const word of words) {
    const last = lines.at(-1);
    if (`${indent} * ${last} ${word}`.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`;
}

const members = (fields, note) =>
  fields
    .map((named) => field(named))
    .map(([name, format]) => [`${name}: ${typeOf(format)}`, noteOf(note, name)]);

// The value of an alternative has the comment of its one member.
const ofValue = (note) => [...note.members.values()][0] ?? noNote;

function membersOf(content, note) {
  if (content === 'UNIT') return [];
  const [kind, inner] = only(content);
  if (kind === 'NEWTYPE') return [[`value: ${typeOf(inner)}`, ofValue(note)]];
  if (kind === 'TUPLE') return [[`value: [${inner.map(typeOf).join(', ')}]`, noNote]];
  return members(inner, note);
}

function alternative([name, content], note) {
  const list = [[`$: ${quote(name)}`, noNote], ...membersOf(content, note)];
  const line = `  | { ${list.map(([text]) => text).join('; ')} }`;
  const isPlain = list.every(([, { text }]) => text === '');
  if (isPlain && line.length <= WIDTH) return line;
  const lines = list.map(([text, its]) => `${doc(its, '      ')}      ${text};\n`);
  return `  | {\n${lines.join('')}    }`;
}

const alternatives = (content) => Object.values(content).map(only);
const isChoice = (content) => alternatives(content).every(([, inner]) => inner === 'UNIT');

// What must not be taken for another of the same form; made by js-bindings/bindings/src/scalars.ts.
const branded = {
  Amount: 'bigint',
  BlockHeight: 'bigint',
  ChainId: 'Uint8Array',
  CryptoHash: 'Uint8Array',
  Timestamp: 'bigint',
};

function newtype(name, format) {
  const form = branded[name];
  return form ? `${form} & Brand<${quote(name)}>` : typeOf(format);
}

function declared(name, format, note) {
  if (format === 'UNITSTRUCT') return `export type ${name} = null;\n`;
  const [kind, content] = only(format);
  if (kind === 'NEWTYPESTRUCT') return `export type ${name} = ${newtype(name, content)};\n`;
  if (kind === 'TUPLESTRUCT') {
    return `export type ${name} = [${content.map(typeOf).join(', ')}];\n`;
  }
  if (kind === 'STRUCT') {
    const lines = members(content, note).map(([text, its]) => `${doc(its, '  ')}  ${text};\n`);
    return `export interface ${name} {\n${lines.join('')}}\n`;
  }
  const lines = isChoice(content)
    ? alternatives(content).map(([one]) => `  | ${quote(one)}`)
    : alternatives(content).map((one) => {
        const its = noteOf(note, one[0]);
        return `${doc(its, '  ')}${alternative(one, its)}`;
      });
  return `export type ${name} =\n${lines.join('\n')};\n`;
}

const declaration = (name, format, note) => doc(note, '') + declared(name, format, note);

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

function typesFile(schema, notes) {
  const names = Object.keys(schema);
  const lines = names.map((name) => `  ${name}: ${name};\n`).join('');
  const table =
    '// Every type by its name, for encode() and decode().\n' +
    `export interface Types {\n${lines}}\n`;
  const forms =
    '// u64 and u128 are bigint; maps are lists of pairs; an alternative is named by its `$`.\n';
  const brand =
    '/** Tells apart what has one form; types alone, there is nothing of it in a value. */\n' +
    'export interface Brand<Name extends string> {\n  readonly __brand: Name;\n}\n';
  const all = names.map((name) => declaration(name, schema[name], notes.get(name) ?? noNote));
  return `${head}${forms}\n${brand}\n${all.join('\n')}\n${table}`;
}

// Beside what is written.
const rowsIn = '../src/codec/table.ts';

function schemaFile(schema) {
  const rows = Object.entries(schema).map(
    ([name, format]) => `  ${name}: ${JSON.stringify(declarationRow(format))},\n`,
  );
  return (
    `${head}// The rows are explained in ${rowsIn}.\n` +
    `import type { Row } from '${rowsIn}';\n` +
    `import type { Types } from './types.ts';\n\n` +
    `export const schema: Record<keyof Types, Row> = {\n${rows.join('')}};\n`
  );
}

function commandsFile(lines) {
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

// Of the headers whose types cross a boundary.
function headers() {
  const rooms = ['core/types', 'core/wallet', 'core/app'].map((room) => inRoot(room));
  const paths = rooms.flatMap((room) => readdirSync(room).map((name) => `${room}/${name}`));
  return paths.filter((path) => path.endsWith('.h')).map((path) => readFileSync(path, 'utf8'));
}

function generate(program) {
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
    'js-bindings/bindings/generated/types.ts': typesFile(schema, commentsOf(headers())),
    'js-bindings/bindings/generated/schema.ts': schemaFile(schema),
    'js-bindings/bindings/generated/commands.ts': commandsFile(ask('commands')),
  };
}

// The files that differ from what the program says.
function differing(files) {
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
