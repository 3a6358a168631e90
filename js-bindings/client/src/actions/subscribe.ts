// News as it comes.
import type { ClientCore } from '../core.ts';
import type { News } from '../news.ts';

/**
 * Calls the listener at every change of a followed chain; the returned function ends that.
 *
 * @example
 * const stop = client.subscribe((news) => {
 *   if (news.type === 'chain') console.log(news.chain.incomingAmount);
 * });
 */
export function subscribe(core: ClientCore, listener: (news: News) => void): () => void {
  return core.listen(listener);
}
