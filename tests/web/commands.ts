// `npm run devnet` and `npm start` end as a whole: each signal is sent to each of their processes,
// and nothing of the command is left after ten seconds. A taken port is told with who has it and
// the flag for another.   tsx tests/web/commands.ts [devnet] [start]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot, readOptions } from '@mica/tools/lib';
import { start } from '@mica/tools/lifetime';
import { freePorts } from './lib/ports.ts';
import { ProcessTree, type Process } from './lib/process_tree.ts';
import { Steps, check, until } from './lib/steps.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const;
const LEFT_AFTER_MS = 10_000;
const AT_ONCE = 2;

interface Command {
  name: string;
  args: string[];
  /** Said when all of it runs. */
  ready: RegExp;
  /** How many processes there are then, the browser's own children not counted. */
  processes: number;
}

const all: Record<string, Command> = {
  devnet: {
    name: 'npm run devnet',
    args: ['run', 'devnet', '--'],
    ready: /^state /m,
    processes: 3,
  },
  start: {
    name: 'npm start',
    args: ['start', '--', '--headless'],
    ready: /Ctrl-C ends everything/,
    processes: 5,
  },
};

const steps = new Steps(300_000);
const { names } = readOptions({ names: [] });
const folder = mkdtempSync(join(tmpdir(), 'mica-commands-'));
let runs = 0;

class Running {
  readonly tree = new ProcessTree();
  readonly npm;
  said = '';
  #ended = false;

  constructor(command: Command, ports: { faucet: number; validators: number; page: number }) {
    const state = join(folder, `${(runs += 1)}`);
    const own = ['--folder', state, '--no-sync', '--faucet-port', `${ports.faucet}`];
    own.push('--validator-port', `${ports.validators}`);
    if (command === all['start']) own.push('--page-port', `${ports.page}`, '--state', state);
    this.npm = start('npm', [...command.args, ...own], {
      cwd: inRoot(),
      env: { ...this.tree.env, MICA_BUILT: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.npm.stdout!, this.npm.stderr!]) {
      stream.on('data', (text: Buffer) => void (this.said += text.toString()));
    }
    this.npm.once('close', () => void (this.#ended = true));
  }

  async ready(text: RegExp): Promise<void> {
    await until(
      `${String(text)} is said`,
      () => {
        if (this.#ended) throw new Error(`it ended: ${this.said}`);
        return text.test(this.said);
      },
      120_000,
    );
  }
  ended(): Promise<unknown> {
    return until('it ends', () => this.#ended, 120_000);
  }
  nothingLeft(): Promise<unknown> {
    return until('nothing is left', () => this.tree.all().length === 0, LEFT_AFTER_MS).catch(() => {
      const left = this.tree.all().map(({ pid, command }) => `${pid} ${command.slice(0, 150)}`);
      throw new Error(`left after ${LEFT_AFTER_MS} ms:\n${left.join('\n')}`);
    });
  }
  clear(): void {
    for (const { pid } of this.tree.all()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It went by itself.
      }
    }
  }
}

const freeSet = async () => ({
  faucet: await freePorts(),
  validators: await freePorts(4),
  page: await freePorts(),
});

async function whole(command: Command, work: (run: Running) => Promise<void>): Promise<void> {
  const run = new Running(command, await freeSet());
  try {
    await run.ready(command.ready);
    await work(run);
  } finally {
    run.clear();
  }
}

/** One signal to the process at that place of the tree; all of it ends. */
const endsBy = (command: Command, at: number, signal: NodeJS.Signals) =>
  whole(command, async (run) => {
    process.kill(run.tree.now()[at]!.pid, signal);
    await run.nothingLeft();
  });

function nameOf({ command }: Process): string {
  if (/user-data-dir/.test(command)) return 'the browser';
  return /tools\/([\w-]+\.(mjs|ts))(?= )/.exec(command)?.[1] ?? command.split(' ')[0]!;
}

async function endsAsAWhole(command: Command): Promise<void> {
  let found: Process[] = [];
  await steps.run(`${command.name}: its processes`, () =>
    whole(command, async (run) => {
      found = run.tree.now();
      const told = found.map(nameOf).join(', ');
      console.log(`        ${told}`);
      check(found.length === command.processes, `${command.processes} processes, not ${told}`);
    }),
  );
  const cases = found.flatMap((one, at) => SIGNALS.map((signal) => ({ one, at, signal })));
  const next = async (): Promise<void> => {
    const now = cases.shift();
    if (!now) return;
    const { one, at, signal } = now;
    const name = `${command.name}: ${signal} to ${nameOf(one)}`;
    await steps.run(name, () => endsBy(command, at, signal), false);
    return next();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/** The same ports again: it ends, and says which process has the port and what flag to give. */
async function tellsTakenPort(command: Command, flags: readonly string[]): Promise<void> {
  const ports = await freeSet();
  const first = new Running(command, ports);
  try {
    await first.ready(command.ready);
    for (const flag of flags) {
      const other = { ...(await freeSet()), ...taken[flag]!(ports) };
      const second = new Running(command, other);
      await second.ended();
      second.clear();
      const line = new RegExp(`port \\d+ is taken by process \\d+ \\(.*${flag}$`, 'm');
      check(line.test(second.said), `${String(line)} in ${second.said}`);
    }
  } finally {
    first.clear();
  }
}
type Ports = Awaited<ReturnType<typeof freeSet>>;
const taken: Record<string, (ports: Ports) => Partial<Ports>> = {
  '--faucet-port': ({ faucet }) => ({ faucet }),
  '--validator-port': ({ validators }) => ({ validators: validators + 3 }),
  '--page-port': ({ page }) => ({ page }),
};

try {
  for (const [name, command] of Object.entries(all)) {
    if (names.length > 0 && !names.includes(name)) continue;
    await endsAsAWhole(command);
    const flags = Object.keys(taken).filter((flag) => name === 'start' || flag !== '--page-port');
    await steps.run(`${command.name}: a taken port`, () => tellsTakenPort(command, flags), false);
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(steps.finish());
