// What pages ask applications again and again: whenever a chain has moved, the question is put anew
// and its answer told where it differs. Each ends with the document that made it; none is stored.
import { sha256 } from '@noble/hashes/sha2.js';
import {
  MAX_PUSHED_CHARS,
  MAX_SUBSCRIPTIONS,
  MAX_SUBSCRIPTIONS_PER_ORIGIN,
} from '@mica/bindings/limits';
import { toHex } from '@mica/bindings/text';
import { wakeIn, type Stop } from '@mica/bindings/wake';
import {
  providerError,
  requestIdTaken,
  type ProviderError,
  type SubscriptionJson,
} from '@mica/provider';
import type { PageSender } from '../doors/page.ts';
import { SerialQueue } from '../shared/serial_queue.ts';
import { askApplication } from './methods/application.ts';
import { pageError, toError } from './page_answers.ts';
import type { Session } from './session.ts';
import type { ChainCore } from './views.ts';
import type { PageParts } from './visit.ts';

export interface Question {
  chainId: string;
  applicationId: string;
  query: string;
}

interface Subscription {
  page: PageSender;
  /** Of the request that made it. */
  id: string;
  question: Question;
  /** Names what the page was told last. */
  told: string;
  /** Settles with the first answer. */
  begun: Promise<void>;
  asking: boolean;
  /** Its chain has moved since it was asked. */
  stale: boolean;
  /** Where its chain is followed only because sites read it: lets go of it. */
  letGo: Stop | null;
}

type Said = { height: number } & ({ response: string } | { error: ProviderError });

const keyOf = (documentId: string, id: string) => `${documentId}/${id}`;
const isSame = (a: Question, b: Question) =>
  a.chainId === b.chainId && a.applicationId === b.applicationId && a.query === b.query;
const digest = (text: string) => toHex(sha256(new TextEncoder().encode(text)));

export class Subscriptions {
  private readonly all = new Map<string, Subscription>();
  /** One question at a time: what windows ask never waits behind many of them. */
  private readonly questions = new SerialQueue();

  constructor(private readonly parts: PageParts) {}

  /** Rejects with why the first question fails. The same once more is the same subscription. */
  async add(page: PageSender, id: string, question: Question): Promise<void> {
    const key = keyOf(page.documentId, id);
    const before = this.all.get(key);
    if (before && !isSame(before.question, question)) throw requestIdTaken();
    if (before) return before.begun;
    this.mustHaveRoom(page.origin);
    const begun = Promise.resolve();
    const one: Subscription = {
      ...{ page, id, question, told: '', begun },
      ...{ asking: false, stale: true, letGo: null },
    };
    this.all.set(key, one);
    one.begun = this.begin(one);
    return one.begun;
  }

  private mustHaveRoom(origin: string): void {
    const mine = [...this.all.values()].filter(({ page }) => page.origin === origin);
    if (this.all.size < MAX_SUBSCRIPTIONS && mine.length < MAX_SUBSCRIPTIONS_PER_ORIGIN) return;
    const text = 'As many subscriptions as there may be are open: end some of them.';
    throw providerError('limitExceeded', 'TooManySubscriptions', text);
  }

  // While the wallet is locked it begins with the unlocking.
  private async begin(one: Subscription): Promise<void> {
    one.asking = true;
    const said = await this.present(one);
    one.asking = false;
    if (said && 'error' in said) {
      this.drop(one);
      throw said.error;
    }
    // After the answer to the request, which names the subscription.
    wakeIn(0, () => this.goOn(one, said), this.parts.outside.clock);
  }

  private goOn(one: Subscription, said: Said | null): void {
    this.tell(one, said);
    if (one.stale) void this.refresh(one);
  }

  /** False: there is no such subscription of that document. */
  remove(documentId: string, id: string): boolean {
    const key = keyOf(documentId, id);
    this.all.get(key)?.letGo?.();
    return this.all.delete(key);
  }

  private drop({ page, id }: Subscription): void {
    this.remove(page.documentId, id);
  }

  /** The document is gone. */
  left(documentId: string): void {
    this.dropAll(({ page }) => page.documentId === documentId);
  }

  /** The network is closed. */
  end(): void {
    this.dropAll(() => true);
  }

  private dropAll(which: (one: Subscription) => boolean): void {
    for (const one of [...this.all.values()].filter(which)) this.drop(one);
  }

  /** A block of it was executed here, or its inbox is another. */
  chainMoved(before: ChainCore | undefined, after: ChainCore): void {
    const same =
      before?.nextBlockHeight === after.nextBlockHeight &&
      before.incomingCount === after.incomingCount &&
      before.incomingAmount === after.incomingAmount;
    if (!same) this.askAgain(after.chainId);
  }

  /** Whatever has become of that chain. */
  askAgain(chainId: string): void {
    for (const one of this.all.values()) {
      if (one.question.chainId === chainId) void this.refresh(one);
    }
  }

  /** Sites may see other chains than before, or the wallet was unlocked. */
  sitesChanged(): void {
    const sites = this.parts.network.session?.sites;
    this.dropAll(
      ({ page: { origin }, question: { chainId } }) =>
        !sites?.maySee(origin, chainId) && !sites?.readsOthers(origin),
    );
    for (const one of this.all.values()) if (one.stale) void this.refresh(one);
  }

  // At most one question of each is under way; whatever happens meanwhile makes one more.
  private async refresh(one: Subscription): Promise<void> {
    one.stale = true;
    if (one.asking) return;
    one.asking = true;
    while (one.stale && this.isOn(one)) this.tell(one, await this.present(one));
    one.asking = false;
  }

  private isOn(one: Subscription): boolean {
    const there = this.all.get(keyOf(one.page.documentId, one.id)) === one;
    return there && this.parts.vault.isUnlocked;
  }

  /** Null: it is not to be told. */
  private async present(one: Subscription): Promise<Said | null> {
    const session = this.parts.network.session;
    if (!session || !this.isOn(one)) return null;
    one.stale = false;
    try {
      // In no turn: others do not wait for what is fetched.
      await this.follow(session, one);
    } catch (error) {
      const height = Number(session.heightOf(one.question.chainId));
      return { height, error: pageError(error) };
    }
    return this.ask(session, one);
  }

  // Of a chain that the site was not given: for as long as it has a subscription to it.
  private async follow({ sites, readings }: Session, one: Subscription): Promise<void> {
    const { chainId } = one.question;
    const { origin } = one.page;
    if (sites.maySee(origin, chainId)) return;
    one.letGo ??= readings.hold(chainId);
    await readings.open(origin, chainId);
  }

  private ask(session: Session, one: Subscription): Promise<Said | null> {
    return this.questions.run(async () => {
      if (session !== this.parts.network.session || !this.isOn(one)) return null;
      one.stale = false;
      const { page, question } = one;
      const height = Number(session.heightOf(question.chainId));
      try {
        const visit = { session, origin: page.origin };
        const { response } = await askApplication(visit, question.chainId, question);
        if (response.length > MAX_PUSHED_CHARS) throw tooLong();
        return { height, response };
      } catch (error) {
        return { height, error: pageError(error) };
      }
    });
  }

  private tell(one: Subscription, said: Said | null): void {
    if (!said) return;
    // Locked meanwhile: told after the unlocking.
    if (!this.isOn(one)) return void (one.stale = true);
    const { height } = said;
    const content = 'error' in said ? { error: toError(said.error) } : { response: said.response };
    const told = digest(JSON.stringify(content));
    if (told === one.told) return;
    one.told = told;
    const data = { subscription: one.id, height, ...content } as SubscriptionJson;
    const value = { type: 'linera_subscription', data };
    const text = JSON.stringify({ kind: 'event', event: 'message', value });
    this.parts.outside.toPage(one.page, text);
  }
}

const tooLong = () =>
  providerError(
    'invalidParams',
    'TooLong',
    `The answer has more than ${MAX_PUSHED_CHARS} characters: ask by linera_query.`,
  );
