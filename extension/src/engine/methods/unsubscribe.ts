import { object, text } from './params.ts';
import { method } from './method.ts';

/**
 * `{ subscription }`: ends a subscription of this document; false where there is none.
 *
 * ```js
 * await provider.request({ method: 'linera_unsubscribe', params: { subscription } });
 * ```
 */
export const unsubscribe = method({
  name: 'linera_unsubscribe',
  access: 'public',
  params: object({ subscription: text }),
  reasons: [],
  run: ({ subscriptions, call: { page } }, { subscription }) =>
    subscriptions.remove(page.documentId, subscription),
});
