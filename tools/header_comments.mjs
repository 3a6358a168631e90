// The comments that C++ headers have over their declared types and members, for gen_ts.mjs. Reads
// headers as clang-format leaves them, and knows no more of C++ than that takes.

const LISTS = /^MICA_(FIELDS|TUPLE|NEWTYPE|ENUM|UNIT)\(/;
const MEMBER = /^[\w:<>, ]+[\w>] (\w+)(\{\}| = [^;]+)?;$/;
const textOf = (comment) => comment.replace(/^\/\/ ?/, '').trim();

// What a line says beside its comment, and where that begins.
function split(line) {
  const at = line.search(/(^|\s)\/\//);
  if (at < 0) return { code: line.trim(), comment: null, column: -1 };
  const column = line.indexOf('//', at);
  return { code: line.slice(0, column).trim(), comment: textOf(line.slice(column)), column };
}

const bracesOf = (code) => (code.match(/\{/g) ?? []).length - (code.match(/\}/g) ?? []).length;
const newNote = () => ({ text: '', members: new Map() });
const add = (note, lines) => {
  note.text = [note.text, ...lines].filter(Boolean).join(' ');
};

// Into `types`: by type its text, and those of its fields and alternatives, which may have more.
function readHeader(text, types) {
  const scopes = [{ members: types, depth: 0 }];
  let depth = 0;
  let above = [];
  /** Whose comment goes on in the next line, if that begins in the same column. */
  let trailing = { note: null, column: -1 };
  const noteOf = (name) => {
    const { members } = scopes.at(-1);
    if (!members.has(name)) members.set(name, newNote());
    return members.get(name);
  };
  for (const line of text.split('\n')) {
    const { code, comment, column } = split(line);
    if (code === '') {
      if (comment === null) above = [];
      else if (column === trailing.column) add(trailing.note, [comment]);
      else above.push(comment);
      continue;
    }
    trailing = { note: null, column: -1 };
    const note = named(code, depth === scopes.at(-1).depth, noteOf);
    if (note) {
      add(note, [...above, comment]);
      if (comment !== null) trailing = { note, column };
    }
    above = [];
    const before = depth;
    depth += bracesOf(code);
    if (/^namespace [\w:]* ?\{/.test(code)) scopes.push({ members: types, depth });
    else if (note && depth > before) scopes.push({ members: note.members, depth });
    while (scopes.length > 1 && depth < scopes.at(-1).depth) scopes.pop();
  }
}

// The note of what a line declares; null: nothing that is noted.
function named(code, direct, noteOf) {
  if (!direct || code.endsWith('\\') || LISTS.test(code)) return null;
  const macro = /^MICA_\w+\((\w+)/.exec(code);
  const struct = /^struct (\w+) \{/.exec(code);
  const member = /^(using|static|return|friend|extern)\b/.test(code) ? null : MEMBER.exec(code);
  const found = macro ?? struct ?? member;
  return found && noteOf(found[1]);
}

export function commentsOf(headers) {
  const types = new Map();
  for (const text of headers) readHeader(text, types);
  return types;
}
