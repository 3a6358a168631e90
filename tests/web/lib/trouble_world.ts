// What the steps of trouble share: the wallet with its chains and their judge, pictures, and the
// questions that every step ends with: is it said, and is the money where it was?
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ownFolder } from '@mica/tools/turns';
import { call } from './extension.ts';
import { KillWorld, totalOf } from './kill_world.ts';
import { copyExtension, setClock, type ExtensionCopy } from './computer.ts';
import { check, same, Steps, until } from './steps.ts';
import * as ui from './wallet_ui.ts';

export class Trouble {
  readonly steps = new Steps();
  private shots = 0;

  private constructor(
    readonly world: KillWorld,
    private readonly extension: ExtensionCopy,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Trouble> {
    const folder = await ownFolder('trouble');
    const extension = await copyExtension();
    const world = await KillWorld.start({ extension: extension.folder });
    const trouble = new Trouble(world, extension, folder);
    await trouble.home();
    return trouble;
  }

  get page(): Page {
    return this.world.page;
  }

  /** One failure does not end the others. After each, all money is where the validators say. */
  async step(name: string, work: () => Promise<void>): Promise<void> {
    const whole = async () => {
      await work();
      await this.world.compare(totalOf);
    };
    await this.steps.run(name, whole, false);
    if (this.steps.reports.at(-1)?.ok) return;
    for (const [at, page] of this.world.browser.context.pages().entries()) {
      const path = join(this.folder, `failed-${this.steps.reports.length}-${at}.png`);
      await page.screenshot({ path, timeout: 3000 }).catch(() => undefined);
    }
    await this.tidy().catch((error: unknown) => console.error(error));
  }

  // What a failed step left behind shall not fail the next.
  private async tidy(): Promise<void> {
    this.world.net.faults.fill('up');
    this.world.watch.gate = () => 'pass';
    for (const { id, origin } of (await this.world.state()).approvals) {
      await call(this.page, 'wallet', 'reject', { id });
      if (origin !== null) await call(this.page, 'wallet', 'unblockSite', { origin });
    }
    await this.home();
  }

  readonly shoot = async (name: string, page = this.page): Promise<void> => {
    this.shots += 1;
    await page.mouse.move(0, 0);
    await page.waitForTimeout(150);
    const path = join(this.folder, `${`${this.shots}`.padStart(2, '0')}-${name}.png`);
    await page.screenshot({ path, animations: 'disabled', fullPage: true });
  };

  async home(): Promise<void> {
    await ui.goTo(this.page, '/');
    await ui.screen(this.page, 'home');
  }

  /** Proposals that validators have seen so far. */
  proposals(): number {
    return this.world.watch.proposals.length;
  }

  /** The extension's clock, and its minute's tick, which nobody has to wait for. */
  async clock(aheadMs: number): Promise<void> {
    await setClock(this.page, aheadMs);
    await this.tick();
  }
  tick(): Promise<void> {
    return this.inServiceWorker(() => {
      type Event = { dispatch(value: unknown): void };
      (chrome.alarms.onAlarm as unknown as Event).dispatch({ name: 'tick' });
    });
  }
  async inServiceWorker(work: () => void): Promise<void> {
    const { context } = this.world.browser;
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    await worker.evaluate(work);
  }

  async unlock(): Promise<void> {
    await ui.unlock(this.page);
    await ui.screen(this.page, 'home', 30_000);
  }

  /** Presses yes for a transfer to another chain of the wallet. */
  async tryToSend(tokens = '1'): Promise<void> {
    await ui.fillSend(this.page, this.world.fast, tokens, ui.noShot);
    await ui.approve(this.page);
  }
  send(): Promise<string> {
    return ui.send(this.page, this.world.fast, '1', ui.noShot);
  }

  /** The transfer failed, and these are the words for it. */
  async saysFailed(code: string, text: RegExp, money: string): Promise<void> {
    await ui.screen(this.page, 'approval-failed', 60_000);
    await this.says(code, text);
    same(await ui.byId(this.page, 'failure-money').innerText(), money, 'what became of the money');
  }
  async says(code: string, text: RegExp): Promise<void> {
    const notice = this.page.locator(`[data-testid=failure][data-code=${code}]`).first();
    await notice.waitFor({ timeout: 30_000 });
    const words = await notice.innerText();
    check(text.test(words), `${String(text)} in "${words}"`);
  }
  async notice(id: string, text: RegExp, page = this.page): Promise<void> {
    const notice = ui.byId(page, id).first();
    await notice.waitFor({ timeout: 30_000 });
    await until(`${String(text)} in ${id}`, async () => text.test(await notice.innerText()));
  }
  goneNotice(id: string, ms = 30_000): Promise<void> {
    return ui.byId(this.page, id).first().waitFor({ state: 'detached', timeout: ms });
  }

  async finish(): Promise<number> {
    await this.world.close();
    this.extension.remove();
    return this.steps.finish();
  }
}
