import { encode } from '@mica/bindings/codec';
import { hashFromText, toHex } from '@mica/bindings/text';
import { ask, failureOf } from '../engine.ts';
import { notConnected } from '../page_answers.ts';
import { hash, object } from './params.ts';
import { method } from './method.ts';

/**
 * `{ blockHash }` of a block of a connected chain; of any other, known to the wallet or not, it
 * says 4100 `NotConnected`. The certificate is BCS of the ConfirmedBlockCertificate, as hex.
 *
 * ```js
 * const { certificate } = await provider.request({
 *   method: 'linera_getCertificate',
 *   params: { blockHash },
 * });
 * ```
 */
export const getCertificate = method({
  name: 'linera_getCertificate',
  access: 'granted',
  params: object({ blockHash: hash }),
  reasons: [],
  async run({ session, origin }, { blockHash }) {
    const command = { $: 'GetCertificate', value: hashFromText(blockHash) } as const;
    const found = await ask(session.engine, command, origin).catch((error: unknown) => {
      if (failureOf(error).code === 'InvalidInput') return null;
      throw error;
    });
    const chainId = found && toHex(found.value.value.header.chain_id);
    // Of other chains it is not told what is stored: that would say whose wallet this is.
    if (!chainId || !session.sites.maySee(origin, chainId)) {
      throw notConnected('No such block of your chains.');
    }
    return { certificate: toHex(encode('ConfirmedBlockCertificate', found.value)) };
  },
});
