// The program `mica`, with a wallet of its own; its output, or what it said on failing.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '@mica/tools/packages';
import { scratch } from './scratch.ts';
import { PASSWORD } from './wallet_ui.ts';

const execute = promisify(execFile);

export class CommandLine {
  private constructor(
    private readonly folder: string,
    private readonly faucet: string,
  ) {}

  static async open(faucet: string): Promise<CommandLine> {
    const folder = scratch('cli');
    await bundle('client', join(folder, 'dist'));
    return new CommandLine(folder, faucet);
  }
  async run(...args: string[]): Promise<string> {
    const all = [join(this.folder, 'dist/cli.js'), ...args, '--faucet', this.faucet];
    const wallet = join(this.folder, 'wallet');
    const env = { ...process.env, MICA_PASSWORD: PASSWORD };
    const options = { cwd: this.folder, env, timeout: 60_000 };
    const ended = execute(process.execPath, [...all, '--wallet', wallet], options);
    return (await ended).stdout.trim();
  }
  /** What it says when it fails; passing is a failure. */
  async refuses(...args: string[]): Promise<string> {
    const said = await this.run(...args).catch(({ stderr }: { stderr?: string }) => ({ stderr }));
    if (typeof said === 'string') throw new Error(`mica ${args.join(' ')} said ${said}`);
    return said.stderr ?? '';
  }
}
