// What applications ask hosts outside while a block is executed: only those that the person has
// allowed. Remembers what was asked, so that the block is shown with it, and why a host was not.
import type { AskHost, HostQuestion } from '@mica/bindings/ask_host';
import { encode } from '@mica/bindings/codec';
import { MAX_HOST_EXCHANGES, MAX_SHOWN_HEADERS, MAX_SHOWN_URL_CHARS } from '@mica/bindings/limits';
import { toHex } from '@mica/bindings/text';
import type { Response as HostAnswer } from '@mica/bindings/types';
import {
  reachOf,
  WalletError,
  type HostAsking,
  type WalletFailure,
} from '@mica/wallet-contract/api';
import { cut } from '@mica/wallet-contract/foreign_text';
import type { Base } from './base.ts';
import { isReachable } from './checked.ts';
import { failureOf, type Engine } from './engine.ts';

/** A question that was answered. */
type Exchange = Pick<HostQuestion, 'method' | 'url'>;

/** It was not asked. */
interface WhyNot {
  of: 'HostNotAllowed' | 'HostInsecure';
  host: string;
}

export class Hosts {
  /** With their answers as hex; newest last. */
  private exchanges: { asked: Exchange; answer: string }[] = [];
  /** By hosts' names: why the last question got no answer, where that was not the host's doing. */
  private readonly notAsked = new Map<string, WhyNot['of']>();

  constructor(
    private readonly parts: Pick<Base, 'outside' | 'stored'>,
    /** Of the network that is open: the hash of its genesis. */
    private readonly network: () => string,
    /** Resolves to false where nobody can be asked, or says no. */
    private readonly askPerson: (asking: HostAsking) => Promise<boolean>,
  ) {}

  readonly ask: AskHost = async (question) => {
    const url = new URL(question.url);
    if (!isReachable(url)) {
      const why = 'over the Internet it is asked only by https';
      throw this.refuse(url, 'HostInsecure', why);
    }
    const answer = await this.askAllowed(question, url);
    if (answer === 'NotAllowed') {
      throw this.refuse(url, 'HostNotAllowed', 'this wallet was not allowed to ask it');
    }
    this.notAsked.delete(url.hostname);
    this.remember(question, answer);
    return answer;
  };

  private async askAllowed(question: HostQuestion, url: URL): Promise<HostAnswer | 'NotAllowed'> {
    const { outside, stored } = this.parts;
    const network = this.network();
    if (stored.hosts.has(network, url.origin)) {
      const answer = await outside.askHost(question);
      if (answer !== 'NotAllowed') return answer;
      // Taken away in the browser's own settings.
      await stored.hosts.remove(network, url.origin);
    }
    return (await this.askPerson(hostAsking(question, url)))
      ? outside.askHost(question)
      : 'NotAllowed';
  }

  private refuse(url: URL, reason: WhyNot['of'], why: string): Error {
    this.notAsked.set(url.hostname, reason);
    for (const oldest of this.notAsked.keys()) {
      if (this.notAsked.size <= MAX_HOST_EXCHANGES) break;
      this.notAsked.delete(oldest);
    }
    return new Error(why);
  }

  private remember({ method, url }: HostQuestion, answer: HostAnswer): void {
    const exchange = { asked: { method, url }, answer: nameOf(answer) };
    this.exchanges = [...this.exchanges, exchange].slice(-MAX_HOST_EXCHANGES);
  }

  /** What each of a block's answers answers, in order; null: nobody here has asked it. */
  questionsOf(answers: readonly HostAnswer[]): (Exchange | null)[] {
    const left = [...this.exchanges].reverse();
    const found = [...answers].reverse().map((answer) => {
      const name = nameOf(answer);
      const at = left.findIndex((one) => one.answer === name);
      const [exchange] = at < 0 ? [] : left.splice(at, 1);
      return exchange ? shown(exchange.asked) : null;
    });
    return found.reverse();
  }

  /** The same engine; its failures say where a host was not asked, and why. */
  explaining(engine: Engine): Engine {
    const command: Engine['command'] = (...asked) =>
      engine.command(...asked).catch((error: unknown) => {
        const failure = failureOf(error);
        const why = this.whyNot(failure);
        throw why ? new WalletError({ ...failure, reason: why.of, params: why }) : error;
      });
    return {
      command,
      online: () => engine.online(),
      replaceSilentStreams: (silentMs) => engine.replaceSilentStreams(silentMs),
      close: () => engine.close(),
      get clockAheadMs() {
        return engine.clockAheadMs;
      },
      genesisHashOf: (json) => engine.genesisHashOf(json),
    };
  }

  private whyNot({ params }: WalletFailure): WhyNot | null {
    if (params?.of !== 'NoHttpAnswer') return null;
    const { host } = params;
    const of = this.notAsked.get(host);
    return of ? { of, host } : null;
  }
}

const nameOf = (answer: HostAnswer) => toHex(encode('Response', answer));
const shown = ({ method, url }: Exchange): Exchange => ({
  method,
  url: cut(url, MAX_SHOWN_URL_CHARS),
});

function hostAsking({ method, headers, body }: HostQuestion, url: URL): HostAsking {
  return {
    origin: url.origin,
    reach: reachOf(url),
    method,
    url: cut(url.href, MAX_SHOWN_URL_CHARS),
    headers: headers.slice(0, MAX_SHOWN_HEADERS).map(({ name }) => name),
    headerCount: headers.length,
    bodyBytes: body.length,
  };
}
