import { MAX_PAGE_EVENTS } from '@mica/bindings/limits';
import { applicationIdFromText, chainIdFromText, toHex } from '@mica/bindings/text';
import type { StreamId } from '@mica/bindings/types';
import { ask } from '../engine.ts';
import { fitting } from '../page_answers.ts';
import { applicationId, chainId, count, index, object, text } from './params.ts';
import { method, ofReading } from './method.ts';

/**
 * `{ applicationId, stream, chainId?, start?, limit? }`: the events that an application has
 * published in a stream of a connected chain (any other with `readChains`), from the index `start`
 * (0) on, as far as the wallet knows them (20 of them, at most 100; fewer where they are larger
 * than 1,048,576 characters together). `stream` is its name. `count` is how many the stream has, as
 * far as is known; `value` is hex.
 *
 * ```js
 * const { count, events } = await provider.request({
 *   method: 'linera_getEvents',
 *   params: { applicationId, stream: 'moves', start: 5 },
 * });
 * for (const { index, value } of events) console.log(index, value);
 * ```
 */
export const getEvents = method({
  name: 'linera_getEvents',
  access: 'granted',
  params: object({
    applicationId,
    stream: text,
    chainId,
    start: index,
    limit: count(20, MAX_PAGE_EVENTS),
  }),
  reasons: ['BadAddress', ...ofReading],
  async run(visit, { applicationId, stream, start, limit, ...params }) {
    const chainId = await visit.readable(params.chainId);
    const id = applicationIdFromText(applicationId);
    const stream_id: StreamId = {
      application_id: { $: 'User', value: id },
      stream_name: new TextEncoder().encode(stream),
    };
    const chain_id = chainIdFromText(chainId);
    const command = { $: 'GetEvents', chain_id, stream_id, start, limit } as const;
    const { count, events } = await ask(visit.session.engine, command, visit.origin);
    return {
      count,
      events: fitting(events, ({ index, value }) => ({ index, value: toHex(value) })),
    };
  },
});
