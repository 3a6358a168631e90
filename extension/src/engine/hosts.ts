// What applications ask hosts outside while a block is executed: only those that the person has
// allowed.
import { NotAsked, type AskHost, type HostQuestion } from '@mica/bindings/ask_host';
import { MAX_SHOWN_HEADERS, MAX_SHOWN_URL_CHARS } from '@mica/bindings/limits';
import type { Response as HostAnswer } from '@mica/bindings/types';
import { reachOf, type HostAsking } from '@mica/wallet-contract/api';
import { cut } from '@mica/wallet-contract/foreign_text';
import type { Base } from './base.ts';
import { isReachable } from './checked.ts';

export class Hosts {
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
      throw new NotAsked('Insecure', 'over the Internet it is asked only by https');
    }
    const answer = await this.askAllowed(question, url);
    if (answer === 'NotAllowed') {
      throw new NotAsked('NotAllowed', 'this wallet was not allowed to ask it');
    }
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
}

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
