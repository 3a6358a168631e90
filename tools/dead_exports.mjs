// Exports that no other file names: each is taken back, or goes with what it was for. By name
// alone, so that it misses some, and faults none that is used.

const kinds = 'const|let|function\\*?|class|interface|type|enum';
const declared = new RegExp(`^export (?:(?:declare|abstract|async) )*(?:${kinds}) (\\w+)`, 'gm');
const isScript = (path) => /\.(tsx?|mts|mjs|js|html)$/.test(path);
// What others are given: of the packages that are published every export, and what is generated.
const given = /^js-bindings\/(client|compat|provider)\/src\/|^js-bindings\/bindings\/generated\//;

const exportsOf = (text) => [...text.matchAll(declared)].map(([, name]) => name);

// Among `files`, what none of the other files of `all` names.
export function deadExports(files, read, all = files) {
  const namedBy = new Map();
  for (const path of all.filter(isScript)) {
    for (const name of new Set(read(path).match(/\w+/g))) {
      namedBy.set(name, (namedBy.get(name) ?? 0) + 1);
    }
  }
  return files
    .filter((path) => /\.(tsx?|mts|mjs)$/.test(path) && !given.test(path))
    .flatMap((path) =>
      exportsOf(read(path))
        .filter((name) => namedBy.get(name) === 1)
        .map((name) => `${path}: nobody else names ${name}`),
    );
}
