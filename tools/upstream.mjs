// Upstream's own validator, proxy, faucet and storage server, built from its published crates into
// build/upstream/bin: for tests against software that nobody here wrote. Needs cargo 1.86 or newer;
// takes half an hour on 2 cores.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { ensurePackages } from './apt.mjs';
import { foreground, inRoot, isStamped, run, say, sha256, stamp, succeeds } from './lib.mjs';

/** The release whose npm client is our peer. */
const VERSION = '0.15.17';
const crates = [
  {
    name: 'linera-service',
    // Without a virtual machine: no application runs in these tests.
    flags: ['--no-default-features', '--features', 'storage-service,rocksdb'],
    programs: ['linera', 'linera-server', 'linera-proxy'],
  },
  { name: 'linera-storage-service', flags: [], programs: ['linera-storage-server'] },
];

// A symbol that newer compilers no longer bring; upstream's virtual machine names it, and does not
// run here.
const stub = {
  object: inRoot('build/upstream/stub.o'),
  source: 'void __rust_probestack(void) {}\n',
};

// Quick to build rather than quick.
const env = {
  RUSTFLAGS: `-C link-arg=${stub.object}`,
  CARGO_TARGET_DIR: inRoot('build/upstream/target'),
  CARGO_PROFILE_RELEASE_OPT_LEVEL: '1',
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
  CARGO_PROFILE_RELEASE_STRIP: 'symbols',
};

/** False, and said why, when they cannot be had. */
export async function ensureUpstream() {
  if (process.env.MICA_UPSTREAM) return true;
  const mark = inRoot('build/upstream/.stamp');
  const key = sha256(JSON.stringify([VERSION, crates, env]));
  const programs = crates.flatMap((crate) => crate.programs);
  const there = programs.every((name) => existsSync(inRoot('build/upstream/bin', name)));
  if (there && isStamped(mark, key)) return true;
  await ensurePackages(['upstream']);
  if (!succeeds('cargo', ['--version'])) {
    say('No cargo here. Upstream is written in Rust: install cargo 1.86 or newer, then again.');
    return false;
  }
  mkdirSync(inRoot('build/upstream'), { recursive: true });
  writeFileSync(inRoot('build/upstream/stub.c'), stub.source);
  await run('compile stub', 'cc', ['-c', inRoot('build/upstream/stub.c'), '-o', stub.object]);
  for (const { name, flags, programs } of crates) {
    say(`building ${name} ${VERSION}`);
    const bins = programs.flatMap((program) => ['--bin', program]);
    const args = ['install', `${name}@${VERSION}`, '--locked', '--root', inRoot('build/upstream')];
    if ((await foreground('cargo', [...args, ...flags, ...bins], env)) !== 0) return false;
  }
  stamp(mark, key);
  return true;
}
