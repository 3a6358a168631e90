// npm run registry -- FILE: compares our listing of wire types with upstream's registry snapshot
// (linera-rpc/tests/snapshots/format__format.yaml.snap). Every type there must be the same here.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cmakeBuild } from './build.mjs';
import { inRoot } from './lib.mjs';

// A YAML listing as type name to declaration, without the snapshot's header between two "---".
export function blocks(text: string): Map<string, string> {
  const body = text.replace(/^---\n[\s\S]*?\n---\n/, '');
  const found = new Map<string, string>();
  for (const block of body.split(/\n(?=\S)/)) {
    const name = block.slice(0, block.indexOf(':'));
    if (name) found.set(name, block.trimEnd());
  }
  return found;
}

async function main(file: string | undefined): Promise<number> {
  if (!file) {
    console.log('npm run registry -- FILE (upstream format__format.yaml.snap)');
    return 1;
  }
  await cmakeBuild('native', ['mica_schema']);
  const listing = spawnSync(inRoot('build/native/mica_schema'), ['yaml'], { encoding: 'utf8' });
  const ours = blocks(listing.stdout);
  const theirs = blocks(readFileSync(resolve(process.env.INIT_CWD ?? '.', file), 'utf8'));
  const wrong = [...theirs].filter(([name, block]) => ours.get(name) !== block);
  for (const [name, block] of wrong) {
    console.log(
      `${name} differs. Upstream:\n${block}\nOurs:\n${ours.get(name) ?? '(not there)'}\n`,
    );
  }
  const extra = [...ours.keys()].filter((name) => !theirs.has(name)).length;
  console.log(
    `${theirs.size - wrong.length} of ${theirs.size} types are upstream's (${extra} more)`,
  );
  return wrong.length === 0 && theirs.size > 0 ? 0 : 1;
}

process.exitCode = await main(process.argv[2]);
