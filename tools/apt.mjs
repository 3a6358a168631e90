// System packages and Debian source archives, by apt; nothing happens where all is there.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { findChromium, inRoot, run, say, sha256, succeeds } from './lib.mjs';

// What each purpose needs; an inner list is "the first of these that exists".
const packages = {
  build: ['emscripten', 'cmake', 'ninja-build', 'g++', 'googletest', 'nlohmann-json3-dev', 'wabt'],
  sources: ['xz-utils', 'ca-certificates'],
  test: ['clang', ['libclang-rt-dev', 'libclang-rt-18-dev', 'libclang-rt-14-dev']],
  // One version everywhere: each formats a little differently.
  check: ['clang-format-14'],
  // A display without a screen, and real keys on it.
  keyboard: ['xvfb', 'xdotool', 'x11-xkb-utils'],
  upstream: ['protobuf-compiler', 'libclang-dev'],
};
const chromiumPackages = ['chromium', 'chromium-sandbox', 'fonts-dejavu-core'];

function installed(names) {
  const args = ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names];
  const text = spawnSync('dpkg-query', args, { encoding: 'utf8' }).stdout ?? '';
  const lines = text.split('\n').filter((line) => line.endsWith(' installed'));
  return new Set(lines.map((line) => line.split(' ')[0]));
}

// Null where apt knows no such package.
function candidate(name) {
  const text = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout ?? '';
  const version = /Candidate: (\S+)/.exec(text)?.[1];
  return version && version !== '(none)' ? version : null;
}

const asList = (entry) => (Array.isArray(entry) ? entry : [entry]);

function missingEntries(purposes) {
  const entries = purposes.flatMap((purpose) => packages[purpose]);
  const have = installed(entries.flatMap(asList));
  // A runtime of any version serves: the compiler looks for its own.
  const runtime = (name) => name.startsWith('libclang-rt') && clangHasSanitizers();
  const satisfied = (entry) => asList(entry).some((name) => have.has(name) || runtime(name));
  return entries.filter((entry) => !satisfied(entry));
}

function clangHasSanitizers() {
  const ask = ['-print-file-name=libclang_rt.asan-x86_64.a'];
  const path = spawnSync('clang', ask, { encoding: 'utf8' }).stdout?.trim() ?? '';
  return path.includes('/') && existsSync(path);
}

const noPrompts = { DEBIAN_FRONTEND: 'noninteractive' };

async function aptGet(title, args, options = {}) {
  const asRoot = process.getuid() === 0;
  const command = asRoot ? 'apt-get' : 'sudo';
  const env = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  const all = asRoot ? args : ['-n', ...env, ...args];
  return run(title, command, all, { env: noPrompts, ...options });
}

// Installs what is missing, or prints the one command and ends the process.
export async function ensurePackages(purposes) {
  let missing = missingEntries(purposes);
  if (missing.length === 0) return;
  const mayInstall = process.getuid() === 0 || succeeds('sudo', ['-n', 'true']);
  if (!mayInstall) {
    const names = missing.map((entry) => asList(entry).find(candidate) ?? asList(entry)[0]);
    const install = `sudo apt-get install -y --no-install-recommends ${names.join(' ')}`;
    console.log('Some system packages are missing and may not be installed from here. Run once:');
    console.log(`\n  sudo apt-get update && ${install}\n`);
    process.exit(1);
  }
  await aptGet('apt-get update', ['update'], { allowFailure: true });
  const names = missing.map((entry) => asList(entry).find(candidate) ?? asList(entry)[0]);
  const args = ['install', '-y', '--no-install-recommends', ...names];
  await aptGet(`apt-get install ${names.join(' ')}`, args);
}

// True if a Chromium can be driven afterwards. Ubuntu's is a snap stub: there, one command is said.
export async function ensureChromium() {
  if (await findChromium()) return true;
  const version = candidate('chromium') ?? '';
  const real = version !== '' && !/snap/.test(version);
  if (real && (process.getuid() === 0 || succeeds('sudo', ['-n', 'true']))) {
    const args = ['install', '-y', '--no-install-recommends', ...chromiumPackages];
    await aptGet('apt-get install chromium', args, { allowFailure: true });
    if (await findChromium()) return true;
  }
  const command = real
    ? `sudo apt-get install -y ${chromiumPackages.join(' ')}`
    : 'npx playwright-core install --with-deps chromium';
  say('No Chromium here: the browser steps are left out. To have them, run once:');
  console.log(`\n  ${command}\n`);
  return false;
}

// The machine's own source lists with every `deb` made `deb-src`, in either format.
export function sourceLists(folder = '/etc/apt') {
  const files = [join(folder, 'sources.list')];
  const parts = join(folder, 'sources.list.d');
  if (existsSync(parts)) files.push(...readdirSync(parts).map((name) => join(parts, name)));
  const lists = [];
  for (const file of files.filter((path) => existsSync(path))) {
    const text = readFileSync(file, 'utf8');
    if (file.endsWith('.list')) lists.push({ name: basename(file), text: oneLineSources(text) });
    if (file.endsWith('.sources')) {
      lists.push({ name: basename(file), text: text.replace(/^Types:.*$/gm, 'Types: deb-src') });
    }
  }
  return lists;
}

function oneLineSources(text) {
  const lines = text.split('\n').map((line) => line.trim());
  const sources = lines.filter((line) => /^deb(-src)?\s/.test(line));
  return (
    [...new Set(sources.map((line) => line.replace(/^deb(-src)?\s/, 'deb-src ')))].join('\n') + '\n'
  );
}

// Puts the original archives of `wanted` (entries of sources.json) into build/deps/archives.
export async function fetchSources(wanted) {
  const archives = inRoot('build/deps/archives');
  mkdirSync(archives, { recursive: true });
  const good = (entry) => {
    const path = join(archives, entry.archive);
    return existsSync(path) && sha256(readFileSync(path)) === entry.sha256;
  };
  const missing = wanted.filter((entry) => !good(entry));
  if (missing.length === 0) return archives;
  const apt = inRoot('build/deps/apt');
  rmSync(apt, { recursive: true, force: true });
  for (const name of ['lists/partial', 'cache/archives/partial', 'parts', 'get']) {
    mkdirSync(join(apt, name), { recursive: true });
  }
  for (const { name, text } of sourceLists()) writeFileSync(join(apt, 'parts', name), text);
  const set = ['SourceList=/dev/null', `SourceParts=${apt}/parts`].map((x) => `Dir::Etc::${x}`);
  set.push(`Dir::State::Lists=${apt}/lists`, `Dir::Cache=${apt}/cache`, 'APT::Sandbox::User=root');
  set.push('Acquire::Languages=none', 'Acquire::Retries=3');
  const options = set.flatMap((setting) => ['-o', setting]);
  // Judged by the archives that come, not by lists of other sellers that have no sources.
  await run('apt source lists', 'apt-get', [...options, 'update'], { allowFailure: true });
  const names = missing.map((entry) => entry.debianPackage);
  const args = [...options, 'source', '--download-only', '--tar-only', ...names];
  await run('apt-get source', 'apt-get', args, { cwd: join(apt, 'get') });
  for (const entry of missing) {
    const from = join(apt, 'get', entry.archive);
    if (existsSync(from)) renameSync(from, join(archives, entry.archive));
    if (!good(entry)) {
      const got = readdirSync(join(apt, 'get')).join(', ');
      throw new Error(`${entry.archive} is not the pinned one (SHA-256); apt gave: ${got || 'it'}`);
    }
  }
  rmSync(apt, { recursive: true, force: true });
  return archives;
}
