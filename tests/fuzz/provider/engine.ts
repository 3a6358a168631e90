// The engine's side: pages of several sites ask what they like, in any order, while the wallet is
// locked and opened, its disk is full, its engine fails and starts again. Nobody ever says yes.
import fc from 'fast-check';
import { checkPageMessage, DoorError, type PageRequest } from '@mica/extension/doors/page';
import { toError } from '@mica/extension/engine/page_answers';
import { compressed } from '@mica/bindings/modules';
import { largeLimits, pageLimits } from '@mica/extension/engine/rate_limit';
import {
  alice,
  certificate,
  chainA,
  chainB,
  FakeEngine,
  newDisk,
  summary,
  token,
} from '@mica/extension/testing/fake_engine';
import { makeWorld, type World } from '@mica/extension/testing/world';
import type { MethodName } from '@mica/provider';
import { toHex } from '@mica/bindings/text';
import {
  MAX_ENDED,
  MAX_ENDED_CHARS,
  MAX_ORDER_BYTES,
  MAX_WAITING,
  MAX_WAITING_PER_ORIGIN,
} from '@mica/bindings/limits';
import { formatTokens } from '@mica/wallet-contract/amounts';
import type { Approval } from '@mica/wallet-contract/api';
import { check, checkError, checkJson, checkReason, checkStrays } from './checks.ts';
import { blocks, requests, requestTexts, sites, watched, type Message } from './values.ts';

// --- what happens -------------------------------------------------------------------------------

type Step =
  | { site: number; says: string }
  | { site: number; floods: Message; times: number }
  | { strangers: number; message: Message }
  | { leaves: number }
  | { blocks: number; blocked: boolean }
  | { minute: true }
  | { again: number }
  | { wait: number }
  | { locked: boolean }
  | { moneyMoves: string }
  | { personRefuses: number }
  | { engineFails: string; code: (typeof codes)[number] }
  | { network: boolean }
  | { full: boolean }
  | { restart: true };

const failing = [
  'PutRecord',
  'PutRecord',
  'PutRecord',
  'PrepareBlock',
  'DropDraft',
  'CheckChain',
  'GetHistory',
];
const codes = [
  ...(['Busy', 'NoQuorum', 'ClockSkew', 'StorageFailed', 'UnknownChain'] as const),
  ...(['ExecutionFailed', 'WaitForRound', 'Conflict'] as const),
];
/** The connected ones most. */
const site = fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 3, 4);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 30, arbitrary: fc.record({ site, says: requestTexts }) },
    {
      weight: 2,
      arbitrary: fc.record({ site, floods: requests, times: fc.integer({ min: 2, max: 70 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ strangers: fc.integer({ min: 1, max: 60 }), message: requests }),
    },
    { weight: 2, arbitrary: fc.record({ leaves: site }) },
    { weight: 1, arbitrary: fc.record({ blocks: fc.constantFrom(2, 3), blocked: fc.boolean() }) },
    { weight: 3, arbitrary: fc.record({ minute: fc.constant(true as const) }) },
    { weight: 6, arbitrary: fc.record({ again: fc.nat(4) }) },
    { weight: 10, arbitrary: fc.record({ wait: fc.oneof(fc.nat(200), fc.nat(20_000)) }) },
    { weight: 3, arbitrary: fc.record({ locked: fc.boolean() }) },
    {
      weight: 2,
      arbitrary: fc.record({ moneyMoves: fc.constantFrom(chainA, chainB, watched) }),
    },
    { weight: 2, arbitrary: fc.record({ personRefuses: fc.nat(5) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        engineFails: fc.constantFrom(...failing),
        code: fc.constantFrom(...codes),
      }),
    },
    { weight: 1, arbitrary: fc.record({ network: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ full: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ restart: fc.constant(true as const) }) },
  ),
  { maxLength: 40, size: 'max' },
);

// --- the world ----------------------------------------------------------------------------------

const balances = new Map([
  [chainA, 10n * token + 111n],
  [chainB, 5n * token + 222n],
  [watched, 3n * token + 333n],
]);

function filledDisk() {
  const disk = newDisk();
  for (const [chainId, balance] of balances) {
    disk.chains.set(chainId, summary(chainId, balance, chainId === watched ? null : alice));
  }
  for (const [chainId, hash] of [[chainA, blocks.a] as const, [chainB, blocks.b] as const]) {
    disk.blocks.set(hash, certificate(summary(chainId, 0n, alice)));
  }
  return disk;
}

/** What nobody may see who was not given the chain. */
function marksOf(hidden: string[]): string[] {
  return hidden.flatMap((chainId) => {
    const balance = balances.get(chainId) ?? 0n;
    return [chainId, `${balance}`, formatTokens(balance)];
  });
}
const hiddenFrom = (granted: string[]) => {
  const marks = marksOf([...balances.keys()].filter((chainId) => !granted.includes(chainId)));
  const ownsNone = !granted.includes(chainA) && !granted.includes(chainB);
  return ownsNone ? [...marks, alice] : marks;
};
const everything = hiddenFrom([]);

interface Asked {
  site: number;
  text: string;
  request: PageRequest;
  at: number;
  hidden: string[];
  /** How often the wallet was opened before; null: it is open. */
  locked: number | null;
  ended: { result: unknown } | { error: unknown } | null;
  checked: boolean;
}

const shows = (value: unknown, marks: string[]) => {
  const text = JSON.stringify(value ?? null);
  return marks.find((mark) => text.includes(mark));
};

// Loading the encoder takes real time; later runs take none.
await compressed(new Uint8Array());

// The commands of a wallet whose owner says nothing.
const harmless = new Set([
  ...['OpenNetwork', 'ListChains', 'GetValidators', 'ListRecords', 'PutRecord', 'CheckChain'],
  ...['PrepareBlock', 'DropDraft', 'GetHistory', 'GetCertificate'],
  'QueryApplication',
  'Estimate',
  'ListApplications',
  'ReadBlob',
  'GetEvents',
]);
/** What the person is asked by each. */
const approvals: Record<MethodName, Approval['kind'] | null> = {
  linera_requestAccounts: 'connect',
  linera_transfer: 'block',
  linera_publishDataBlob: 'block',
  linera_publishModule: 'block',
  linera_createApplication: 'block',
  linera_mutate: 'block',
  linera_signMessage: 'text',
  linera_accounts: null,
  linera_chainId: null,
  linera_network: null,
  linera_getBalance: null,
  linera_query: null,
  linera_simulate: null,
  linera_applications: null,
  linera_readBlob: null,
  linera_getEvents: null,
  linera_subscribe: null,
  linera_unsubscribe: null,
  linera_getRequest: null,
  linera_getActivity: null,
  linera_getBlocks: null,
  linera_getCertificate: null,
  linera_disconnect: null,
  wallet_revokePermissions: null,
  wallet_getPermissions: null,
};
const approvalOf = new Map(Object.entries(approvals));

class Pages {
  private asked: Asked[] = [];
  private granted = sites.map(({ granted }) => granted);
  private unlocks = 0;
  /** Listening is counted like asking. */
  private attached = 0;
  private readonly looked = new WeakMap<FakeEngine, number>();

  private constructor(private world: World) {
    this.attach();
  }

  static async open(): Promise<Pages> {
    const world = await makeWorld(filledDisk());
    for (const { origin, granted } of sites) {
      if (granted.length > 0) await world.service.need().sites.grant(origin, granted);
    }
    world.unlock();
    return new Pages(world);
  }

  private page = (index: number) => ({
    origin: sites[index]?.origin ?? '',
    tabId: index,
    documentId: `D${index}`,
  });
  private attach(): void {
    this.attached += 1;
    for (const index of sites.keys()) this.world.service.pages.attach(this.page(index));
  }
  private get engine(): FakeEngine | undefined {
    return this.world.service.session ? this.world.newestEngine() : undefined;
  }
  private get isLocked(): boolean {
    return !this.world.service.vault.isUnlocked;
  }

  async step(step: Step): Promise<void> {
    const lockedBefore = this.isLocked;
    if ('says' in step) this.say(step.site, step.says);
    else if ('floods' in step) this.flood(step.site, step.floods, step.times);
    else if ('strangers' in step) this.strangers(step.strangers, step.message);
    else if ('leaves' in step) this.leave(step.leaves);
    else if ('blocks' in step) await this.block(step.blocks, step.blocked);
    else if ('minute' in step) await this.minute();
    else if ('again' in step) this.sayAgain(step.again);
    else if ('wait' in step) await this.world.settle(step.wait);
    else if ('locked' in step) this.lock(step.locked);
    else if ('moneyMoves' in step) this.moveMoney(step.moneyMoves);
    else if ('personRefuses' in step) await this.refuse(step.personRefuses);
    else if ('engineFails' in step) this.engine?.failNext.set(step.engineFails, step.code);
    else if ('network' in step) await this.network(step.network);
    else if ('full' in step) this.world.disk.full = step.full;
    else await this.restart();
    this.check(lockedBefore && this.isLocked);
  }

  private say(index: number, text: string): void {
    try {
      const message = checkPageMessage(text);
      if (message.kind === 'request') this.ask(index, text, message.request);
    } catch (error) {
      if (!(error instanceof DoorError)) throw error;
    }
  }

  private sayAgain(back: number): void {
    const before = this.asked.at(-1 - back);
    if (before) this.say(before.site, before.text);
  }

  /** Origins that were never seen before, each with a whole burst of requests to connect. */
  private strangers(count: number, message: Message): void {
    for (let i = 0; i < count; i += 1) {
      this.unknown += 1;
      const origin = `https://${this.unknown}.evil.example`;
      const page = { origin, tabId: 100, documentId: `evil-${this.unknown}` };
      for (const id of ['a', 'b', 'c', 'd']) {
        const { params } = message;
        const request = { id, method: 'linera_requestAccounts', params };
        this.raises += 1;
        this.world.service.pages.request(page, request, true).catch(checkError);
      }
      if (i % 2 === 0) this.world.service.pages.detach(page.documentId);
    }
  }
  private unknown = 0;
  /** Requests for a person while something was done in the page: each raises at most one window. */
  private raises = 0;

  private leave(index: number): void {
    this.world.service.pages.detach(`D${index}`);
    this.attach();
  }

  private async block(index: number, blocked: boolean): Promise<void> {
    const { origin } = this.page(index);
    const { blockSite, unblockSite } = this.world.methods;
    await (blocked ? blockSite({ origin }) : unblockSite({ origin })).catch(() => undefined);
    if (blocked) this.granted[index] = [];
  }

  private async minute(): Promise<void> {
    await this.world.settle(60_000);
    this.world.service.tick();
  }

  private ask(index: number, text: string, request: PageRequest): void {
    const activated = this.asked.length % 3 !== 0;
    if (activated && approvalOf.get(request.method)) this.raises += 1;
    const one: Asked = {
      site: index,
      text,
      request,
      at: this.world.clock.time,
      hidden: hiddenFrom(this.granted[index] ?? []),
      locked: this.isLocked ? this.unlocks : null,
      ended: null,
      checked: false,
    };
    this.asked.push(one);
    this.world.service.pages.request(this.page(index), request, activated).then(
      (result) => (one.ended = { result }),
      (error: unknown) => (one.ended = { error }),
    );
  }

  private flood(index: number, message: Message, times: number): void {
    const before = this.asked.length;
    for (let i = 0; i < times; i += 1) {
      this.say(index, JSON.stringify({ ...message, id: `flood-${before + i}` }));
    }
  }

  private lock(locked: boolean): void {
    if (this.isLocked && !locked) this.unlocks += 1;
    if (locked) this.world.lock();
    else this.world.unlock();
  }

  private moveMoney(chainId: string): void {
    const chain = this.world.disk.chains.get(chainId);
    if (chain) this.engine?.changed({ ...chain });
  }

  private async refuse(index: number): Promise<void> {
    const approval = this.world.service.state().approvals[index];
    if (approval) await this.world.methods.reject({ id: approval.id });
  }

  private async refuseAll(): Promise<void> {
    while (this.world.service.state().approvals.length > 0) {
      await this.refuse(0);
      await this.world.settle();
    }
    this.check(false);
  }

  private async network(open: boolean): Promise<void> {
    const { service } = this.world;
    if (!open) await service.opening.close();
    else if (!service.session) await service.opening.open();
  }

  /** The engine worker is gone, and what waited for it; another begins from storage. */
  private async restart(): Promise<void> {
    const { disk, storage, clock } = this.world;
    const locked = this.isLocked;
    this.checkEngine();
    this.checkRate();
    this.asked = [];
    this.raises = 0;
    this.world = await makeWorld(disk, storage);
    this.world.clock.time = clock.time;
    if (!locked) this.world.unlock();
    this.attach();
  }

  // --- what must hold ---------------------------------------------------------------------------

  private check(wasLocked: boolean): void {
    for (const one of this.asked) {
      if (one.ended && !one.checked) this.checkEnd(one, one.ended);
    }
    for (const { documentId, message } of this.world.toPage.splice(0)) {
      const given = sites[Number(documentId.slice(1))]?.granted ?? [];
      const shown = shows(message, wasLocked ? everything : hiddenFrom(given));
      check(shown === undefined, `${documentId} was told of ${shown}`);
    }
    this.checkApprovals();
    this.checkBounds();
    this.checkEngine();
  }

  private checkBounds(): void {
    const { service, storage, opened, disk } = this.world;
    const waiting = service.stored.requests.waiting().length;
    check(waiting <= MAX_WAITING, `${waiting} requests wait`);
    const windows = service.state().approvals.length;
    check(windows <= MAX_WAITING, `${windows} windows wait`);
    const stored = (storage.get('requests') ?? []) as unknown[];
    check(stored.length <= MAX_ENDED + MAX_WAITING, `${stored.length} are stored`);
    const most = MAX_ENDED_CHARS + MAX_WAITING * (2 * MAX_ORDER_BYTES + 1000);
    const chars = JSON.stringify(stored).length;
    check(chars <= most, `${chars} characters are stored`);
    const records = [...disk.records.keys()].filter((key) => !key.startsWith('site/'));
    check(
      records.every((key) => key === 'room'),
      `${records[0]} is stored`,
    );
    check(opened.count <= this.raises, `${opened.count} windows of ${this.raises} requests`);
  }

  private checkEnd(one: Asked, ended: NonNullable<Asked['ended']>): void {
    one.checked = true;
    const { method } = one.request;
    const stayedLocked = one.locked === this.unlocks && this.isLocked;
    const hidden = stayedLocked ? everything : one.hidden;
    if ('result' in ended) {
      checkJson(ended.result);
      const shown = shows(ended.result, hidden);
      check(shown === undefined, `${method} showed ${shown}`);
      if (/disconnect|revoke/.test(method)) this.granted[one.site] = [];
    } else {
      checkError(ended.error);
      checkReason(method, ended.error);
      checkJson(toError(ended.error));
      // A page may be told what it said itself.
      const shown = shows(toError(ended.error), hidden);
      check(shown === undefined || one.text.includes(shown), `${method}: an error showed ${shown}`);
    }
  }

  private checkApprovals(): void {
    const approvals = this.world.service.session?.approvals.all() ?? [];
    for (const { origin, granted } of sites) {
      const waiting = approvals.filter(({ approval }) => approval.origin === origin);
      check(waiting.length <= MAX_WAITING_PER_ORIGIN, `${waiting.length} windows of ${origin}`);
      for (const { approval } of waiting) {
        if (approval.kind === 'block') {
          const given = granted.includes(approval.chainId);
          check(given && approval.signer === alice, `a transfer of ${approval.chainId}`);
        } else if (approval.kind === 'text') {
          const { host } = new URL(origin);
          check(approval.domain === host && approval.owner === alice, 'to sign for another');
          check(approval.text.split(' wants you to ')[0]?.endsWith(host) ?? false, 'other text');
        } else check(approval.kind === 'connect', `a window for ${approval.kind}`);
      }
    }
    const ours = approvals.every(
      ({ approval: { origin } }) =>
        sites.some((s) => s.origin === origin) || origin?.endsWith('.evil.example'),
    );
    check(ours, 'a window of nobody');
  }

  private checkEngine(): void {
    const { engine } = this;
    if (!engine) return;
    const given = new Set(sites.flatMap(({ granted }) => granted));
    for (const command of engine.commands.slice(this.looked.get(engine) ?? 0)) {
      check(harmless.has(command.$), `${command.$} without a yes`);
      if (command.$ !== 'PrepareBlock' && command.$ !== 'Estimate') continue;
      check(given.has(toHex(command.chain_id)), 'a block on a chain that nobody was given');
    }
    this.looked.set(engine, engine.commands.length);
  }

  private static isLimited({ ended }: Asked): boolean {
    if (!ended || !('error' in ended)) return false;
    const { reason, retryAfterMs } = toError(ended.error).data as Record<string, unknown>;
    if (reason !== 'RateLimited') return false;
    check(typeof retryAfterMs === 'number' && retryAfterMs > 0, 'limited until when?');
    return true;
  }

  private static isLarge({ request }: Asked): boolean {
    return request.method === 'linera_publishModule';
  }

  private checkRate(): void {
    const { burst, perSecond } = pageLimits;
    for (const index of sites.keys()) {
      const all = this.asked.filter((one) => one.site === index);
      const times = all.filter((one) => !Pages.isLimited(one)).map(({ at }) => at);
      const limited = all.filter(Pages.isLimited);
      const large = all.filter(Pages.isLarge).length > largeLimits.burst;
      const reason = large && limited.every(Pages.isLarge);
      check(
        all.length + this.attached > burst || reason || limited.length === 0,
        'limited without reason',
      );
      for (const [i, from] of times.entries()) {
        for (let j = i + burst; j < times.length; j += 1) {
          const most = burst + (((times[j] ?? 0) - from) / 1000) * perSecond;
          check(j - i + 1 <= most + 1e-6, `${j - i + 1} were let in, at most ${most}`);
        }
      }
    }
  }

  /** In the end everything is answered, or waits for a person who can see it. */
  async end(): Promise<void> {
    this.world.disk.full = false;
    await this.network(true);
    for (let i = 0; i < 3; i += 1) await this.world.settle(70_000);
    this.check(false);
    this.checkRate();
    const session = this.world.service.need();
    for (const one of this.asked.filter(({ ended }) => !ended)) {
      const { origin } = this.page(one.site);
      const { id, method } = one.request;
      check(
        this.world.service.stored.requests.get(origin, id)?.status === 'waiting',
        `${method} never ends`,
      );
      const seen = session.approvals
        .all()
        .some(({ approval: a }) => a.origin === origin && a.kind === approvalOf.get(method));
      check(seen, `${method} waits, and nobody sees it`);
    }
    await this.refuseAll();
    const [open] = this.asked.filter(({ ended }) => !ended);
    check(!open, `${open?.request.method} was refused, and nobody told the page`);
  }
}

export const engine = fc.asyncProperty(steps, async (all) => {
  const pages = await Pages.open();
  for (const step of all) await pages.step(step);
  await pages.end();
  await checkStrays();
});
