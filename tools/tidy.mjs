// Sizes, banned words and dead files, for the tracked files.
// Limits: header 300 lines, source 600, function 70, line 100.
import { basename, extname } from 'node:path';

const limits = { header: 300, source: 600, function: 70, line: 100 };
const generated = /^js-bindings\/bindings\/generated\//;
const isCode = (path) => /\.(cc|h|ts|tsx|mts|js|mjs|css)$/.test(path);
const isCpp = (path) => /\.(cc|h)$/.test(path);

// The core has no clock, no disk, no exceptions, and owns memory by types.
const banned = [
  [/\bsystem_clock\b|\bsteady_clock\b/, 'time is an input'],
  [/(?<![\w.>])s?rand\s*\(/, 'entropy is an input'],
  [/\bf(open|read|write)\s*\(|\bfstream\b/, 'no disk in here'],
  [/\bnew\s+[A-Za-z_(:]/, 'std::make_unique, or a value'],
  [/\bcatch\s*\(|\btry\s*\{|\bthrow\b/, 'no exceptions: Result<T>'],
  [
    /#include <(iostream|format|ranges|coroutine|source_location|memory_resource|thread|mutex)>/,
    'not in this toolchain or not in the core',
  ],
];
// What a tracked file must not tell: the machine it was written on, the registry it came through.
const machine = [
  [new RegExp('/(home|root|Users|work)/[a-z]'), 'a path of one machine'],
  [
    new RegExp(
      ['registry\\.npmjs', 'deb\\.debian', 'archive\\.ubuntu', 'snapshot\\.debian']
        .map((host) => `${host}\\.`)
        .join('|'),
    ),
    'the host of a package registry',
  ],
];

// What is no code: comments, raw strings, strings, characters (1'000 is none), templates.
const noCode = new RegExp(
  [
    '//[^\\n]*',
    '/\\*[\\s\\S]*?\\*/',
    'R"\\([\\s\\S]*?\\)"',
    '"(?:\\\\.|[^"\\\\\\n])*"',
    "(?<![0-9A-Fa-f])'(?:\\\\.|[^'\\\\\\n])*'",
    '`(?:\\\\.|[^`\\\\])*`',
  ].join('|'),
  'g',
);

// The text without these, every line kept.
export function bareCode(text) {
  return text.replace(noCode, (match) => '\n'.repeat(match.split('\n').length - 1));
}

// Functions by braces: a line that opens a body after `)` and is no namespace, class or type.
export function longFunctions(text) {
  const lines = bareCode(text).split('\n');
  const found = [];
  const stack = [];
  let head = '';
  for (const [index, line] of lines.entries()) {
    for (const char of line) {
      if (char === '{') {
        stack.push({ at: index, isFunction: opensFunction(head) });
        head = '';
      } else if (char === '}') {
        const open = stack.pop();
        const length = open ? index - open.at + 1 : 0;
        const inner = stack.some((outer) => outer.isFunction);
        if (open?.isFunction && !inner && length > limits.function) {
          found.push({ line: open.at + 1, length });
        }
        head = '';
      } else if (char === ';') {
        head = '';
      } else {
        head += char;
      }
    }
    head += ' ';
  }
  return found;
}

// Describe-blocks of tests hold functions; they are none themselves.
function opensFunction(head) {
  if (/\b(namespace|class|struct|enum|union|interface|describe)\b/.test(head)) return false;
  return /\)\s*(const|noexcept|override|final|->[^{]*|:[^{]*|=>)*\s*$/.test(head);
}

// Lines with a MICA_TRY behind a comma in the braces of a value: core/base/result.h says why not.
function triesInBraces(text) {
  const found = [];
  const stack = [];
  const code = bareCode(text);
  let line = 1;
  for (const { 0: token, index } of code.matchAll(/\n|[{}()[\],;]|\bMICA_TRY\(/g)) {
    const top = stack.at(-1);
    if (token === '\n') line += 1;
    else if (token === '{') stack.push({ value: opensValue(code.slice(0, index)) });
    else if (token === '(' || token === '[') stack.push({});
    else if (token === '}' || token === ')' || token === ']') stack.pop();
    else if (token === ';' && top) top.value = false;
    else if (token === ',' && top?.value) top.comma = true;
    else if (token === 'MICA_TRY(') {
      if (stack.some(({ value, comma }) => value && comma)) found.push(line);
      stack.push({});
    }
  }
  return found;
}

// What stands before the brace: a name, `=`, `(`, `,`, and no head of a block or a type.
function opensValue(before) {
  const head = before.slice(-200).trimEnd();
  if (/\b(else|do|const|noexcept|override)$/.test(head)) return false;
  return /[\w>=(,{]$/.test(head) && !/\b(namespace|struct|class|enum|union)[^;{}]*$/.test(head);
}

function checkSizes(path, text) {
  const faults = [];
  const lines = text.split('\n');
  const count = lines.length - (lines.at(-1) === '' ? 1 : 0);
  const most = extname(path) === '.h' ? limits.header : limits.source;
  if (count > most) faults.push(`${path}: ${count} lines, at most ${most}`);
  for (const [index, line] of lines.entries()) {
    const length = [...line].length;
    if (length > limits.line && !/^\s*(\/\/|\*|#include).*https?:/.test(line)) {
      faults.push(`${path}:${index + 1}: ${length} columns, at most ${limits.line}`);
    }
  }
  if (!isCode(path) || path.endsWith('.css')) return faults;
  for (const { line, length } of longFunctions(text)) {
    faults.push(`${path}:${line}: a function of ${length} lines, at most ${limits.function}`);
  }
  return faults;
}

function checkWords(path, text, words) {
  const faults = [];
  for (const [index, line] of text.split('\n').entries()) {
    for (const [pattern, why] of words) {
      const match = pattern.exec(line);
      if (match) faults.push(`${path}:${index + 1}: "${match[0].trim()}": ${why}`);
    }
  }
  return faults;
}

// A room's names stand in namespace mica::<room>, and its headers' macros begin with MICA_.
export function roomNames(path, text) {
  const folder = /^(?:core\/(\w+)|storage-idb)\//.exec(path);
  if (!folder || !isCpp(path)) return [];
  const own = `mica::${folder[1] ?? 'storage_idb'}`;
  const faults = [];
  for (const [, name] of bareCode(text).matchAll(/^namespace (mica[\w:]*) \{/gm)) {
    if (name !== own && !name.startsWith(`${own}::`)) faults.push(`${path}: ${name} is not ${own}`);
  }
  if (!path.endsWith('.h')) return faults;
  for (const [, name] of text.matchAll(/^#define (\w+)/gm)) {
    if (!name.startsWith('MICA_')) faults.push(`${path}: macro ${name} does not begin with MICA_`);
  }
  return faults;
}

export function checkFile(path, text) {
  const faults = roomNames(path, text);
  if (isCode(path) && !generated.test(path)) faults.push(...checkSizes(path, text));
  if (isCpp(path) && /^(core|storage-idb)\//.test(path)) {
    const rules = path.startsWith('core/') ? banned : banned.filter(([, why]) => !/disk/.test(why));
    faults.push(...checkWords(path, bareCode(text), rules));
    for (const line of triesInBraces(text)) {
      faults.push(`${path}:${line}: MICA_TRY behind a comma in braces: name the value first`);
    }
  }
  if (path.endsWith('.h') && !/^#pragma once$/m.test(text)) faults.push(`${path}: no #pragma once`);
  // What is generated or recorded from others keeps their words.
  if (!/^(tests\/vectors|package-lock)/.test(path) && path !== 'tools/tidy.mjs') {
    faults.push(...checkWords(path, text, machine));
  }
  return faults;
}

// Headers among `files` that none of `all` includes.
export function deadFiles(files, read, all = files) {
  const included = new Set();
  for (const path of all.filter(isCpp)) {
    for (const match of read(path).matchAll(/#include "([^"]+)"/g)) included.add(match[1]);
  }
  const dead = files.filter((path) => path.endsWith('.h') && !included.has(path));
  return dead.map((path) => `${path}: nobody includes ${basename(path)}`);
}

export function checkTidy(files, read, all) {
  const text = files.filter((path) => !/\.(png|jpg|ico|wasm|zip|bin|woff2?)$/.test(path));
  return [...text.flatMap((path) => checkFile(path, read(path))), ...deadFiles(files, read, all)];
}
