// A display without a screen, and the keys of a real keyboard layout on it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { check, until } from './steps.ts';

const FIRST_DISPLAY = 90;

export class XDisplay {
  private constructor(
    readonly name: string,
    private readonly server: ChildProcess,
  ) {}

  static async open(): Promise<XDisplay> {
    let number = FIRST_DISPLAY;
    while (existsSync(`/tmp/.X11-unix/X${number}`)) number += 1;
    const args = [`:${number}`, '-screen', '0', '1280x900x24', '-nolisten', 'tcp'];
    const server = spawn('Xvfb', args, { stdio: 'ignore' });
    await until('the display', () => existsSync(`/tmp/.X11-unix/X${number}`));
    return new XDisplay(`:${number}`, server);
  }

  private run(command: string, args: string[]): void {
    const env = { ...process.env, DISPLAY: this.name };
    const { status, stderr } = spawnSync(command, args, { env, encoding: 'utf8' });
    check(status === 0, `${command} ${args.join(' ')}: ${stderr}`);
  }

  layout(name: string, variant?: string): void {
    this.run('setxkbmap', ['-layout', name, ...(variant ? ['-variant', variant] : [])]);
  }

  /** Key symbols as xdotool names them, pressed one after the other where the focus is. */
  keys(symbols: readonly string[]): void {
    this.run('xdotool', ['key', '--clearmodifiers', '--delay', '25', ...symbols]);
  }

  close(): void {
    this.server.kill('SIGTERM');
  }
}
