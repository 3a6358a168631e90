// What the demo's steps share: the network, two wallets, the page, pictures and the report.
import { writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { copyBuilt } from '@mica/tools/built';
import { servePages } from '@mica/tools/serve_pages';
import { ownFolder } from '@mica/tools/turns';
import { startNetwork, type TestNetwork } from './devnet.ts';
import { ExtensionBrowser, makeProfile, removeProfile, type Profile } from './extension.ts';
import { freePorts } from './ports.ts';
import { scratch } from './scratch.ts';
import { Steps } from './steps.ts';
import type { Shoot } from './wallet_ui.ts';

const SETTLE_MS = 150;

export interface Wallet {
  profile: Profile;
  browser: ExtensionBrowser;
  /** A wallet window in a tab; absent while closed. */
  page: Page;
  phrase: string;
  chainId: string;
}

export type Facts = Record<string, unknown>;
export type Note = (facts: Facts) => void;

export class DemoWorld {
  readonly steps = new Steps();
  readonly profiles: Profile[] = [];
  private readonly facts = new Map<string, Facts>();
  private readonly shots: string[] = [];
  private readonly browsers = new Set<ExtensionBrowser>();

  private constructor(
    public net: TestNetwork,
    private readonly site: Server,
    readonly pageUrl: string,
    private readonly bail: boolean,
    private readonly folder: string,
  ) {}

  a!: Wallet;
  b!: Wallet;
  dapp!: Page;

  static async start({ bail }: { bail: boolean }): Promise<DemoWorld> {
    const folder = await ownFolder('demo');
    const net = await startNetwork();
    const port = await freePorts();
    const site = await servePages(await copyBuilt('web', scratch('web')), port);
    return new DemoWorld(net, site, `http://127.0.0.1:${port}/`, bail, folder);
  }

  /** A step of the report; `note` adds what was made to it. One failure does not end the demo. */
  async step(name: string, work: (note: Note) => Promise<void>): Promise<void> {
    const note: Note = (facts) => void this.facts.set(name, { ...this.facts.get(name), ...facts });
    await this.steps.run(name, () => work(note), false);
    if (this.steps.reports.at(-1)?.ok) return;
    await this.shootAll(`failed-${this.steps.reports.length}`);
    if (this.bail) throw new Error('--bail');
  }

  /** The same addresses with another genesis, as after npm start -- --reset. */
  async resetNetwork(): Promise<void> {
    await this.net.close();
    this.net = await startNetwork(this.net.ports);
  }

  async openBrowser(profile: Profile): Promise<ExtensionBrowser> {
    const browser = await ExtensionBrowser.open(profile);
    this.browsers.add(browser);
    return browser;
  }
  newProfile(name: string): Profile {
    const profile = makeProfile(name);
    this.profiles.push(profile);
    return profile;
  }

  readonly shoot: Shoot = async (page, name) => {
    const file = `${`${this.shots.length + 1}`.padStart(2, '0')}-${name}.png`;
    this.shots.push(file);
    // Nothing is hovered over, and what needs a moment to be armed is.
    await page.mouse.move(0, 0);
    await page.waitForTimeout(SETTLE_MS);
    await page.screenshot({ path: join(this.folder, file), animations: 'disabled' });
  };
  readonly noShot: Shoot = async () => {};

  private async shootAll(name: string): Promise<void> {
    const pages = [...this.browsers].flatMap(({ context }) => context.pages());
    for (const [at, page] of pages.entries()) {
      const path = join(this.folder, `${name}-${at}.png`);
      await page.screenshot({ path, timeout: 3000 }).catch(() => undefined);
    }
  }

  complaints(): string[] {
    return [...this.browsers].flatMap(({ complaints }) => complaints);
  }

  /** Writes report.json, lets go of everything and gives the exit code. */
  async finish(): Promise<number> {
    const steps = this.steps.reports.map((report) => ({
      ...report,
      ms: Math.round(report.ms),
      ...this.facts.get(report.name),
    }));
    const report = { steps, shots: this.shots, complaints: this.complaints() };
    writeFileSync(join(this.folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
    for (const browser of this.browsers) await browser.close();
    this.site.close();
    await this.net.close();
    this.profiles.forEach(removeProfile);
    return this.steps.finish();
  }
}
