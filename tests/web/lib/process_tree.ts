// The processes of one command: all that inherited a mark in their environment.
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';

const NAME = 'MICA_TEST_MARK';

export interface Process {
  pid: number;
  command: string;
}

export class ProcessTree {
  readonly #mark = randomUUID();

  /** For the command that is started. */
  get env(): NodeJS.ProcessEnv {
    return { ...process.env, [NAME]: this.#mark };
  }

  /** What lives now, without the children that the browser and tsx have for themselves. */
  now(): Process[] {
    return this.all().filter(({ command }) => !/--type=|crashpad|esbuild/.test(command));
  }
  all(): Process[] {
    const entry = `${NAME}=${this.#mark}`;
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && read(name, 'environ').split('\0').includes(entry))
      .map((pid) => ({ pid: Number(pid), command: read(pid, 'cmdline').replaceAll('\0', ' ') }))
      .sort((a, b) => a.pid - b.pid);
  }
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
