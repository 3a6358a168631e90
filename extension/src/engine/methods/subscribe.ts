import { applicationId, chainId, object, text } from './params.ts';
import { method, ofReading } from './method.ts';

/**
 * `{ applicationId, query, chainId? }` as linera_query takes them: asks now, and again whenever a
 * block of that chain was executed here or its inbox has changed. Returns the subscription, which
 * is the `id` of the request. Answers come as `message` events, the present one at once and others
 * where they differ from the one before; `error` is in place of `response` where the application
 * failed. It says nothing while the wallet is locked. It ends with the document, with the
 * connection and with the network: subscribe again after a reload and after `connect`. A site has
 * at most 20; an answer that is pushed has at most 262,144 characters.
 *
 * ```js
 * const subscription = await provider.request({
 *   method: 'linera_subscribe',
 *   params: { applicationId, query: JSON.stringify({ query: '{ value }' }) },
 * });
 * provider.on('message', ({ type, data }) => {
 *   if (type !== 'linera_subscription' || data.subscription !== subscription) return;
 *   if (!data.error) console.log(data.height, JSON.parse(data.response).data);
 * });
 * ```
 */
export const subscribe = method({
  name: 'linera_subscribe',
  access: 'public',
  params: object({ applicationId, query: text, chainId }),
  reasons: [
    'NotConnected',
    'BadAddress',
    'ExecutionFailed',
    'Unsupported',
    'TooLong',
    'TooManySubscriptions',
    'RequestIdTaken',
    ...ofReading,
  ],
  async run(visit, { applicationId, query, ...params }) {
    visit.mustBeConnected();
    const chainId = visit.mayRead(params.chainId);
    const { page, id } = visit.call;
    await visit.subscriptions.add(page, id, { chainId, applicationId, query });
    return id;
  },
});
