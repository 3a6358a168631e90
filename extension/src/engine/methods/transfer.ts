import { accountOf } from '@mica/wallet-contract/addresses';
import { transferOperation } from '../operations.ts';
import { blockMethod } from './block_method.ts';
import { checkSource } from './operation.ts';
import { amountOf, attos, chainId, object, recipient, source, tokens } from './params.ts';

/**
 * `{ recipient, amount | attos, chainId?, source? }`
 *
 * - `recipient`: a chain id (64 hex digits), or `owner@chain`. An owner's address alone is refused:
 *   money goes to a chain. Of a chain that no validator knows the person is warned and must tick
 *   that.
 * - `amount`: tokens as decimal text, `"1.5"`; or `attos` as text. Never numbers: they lose digits.
 * - `chainId`: which connected chain pays. `source`: `"0x00"` (the chain's own balance, default) or
 *   the wallet's account on that chain.
 *
 * ```js
 * try {
 *   const { chainId, height, blockHash, certificate } = await provider.request({
 *     method: 'linera_transfer',
 *     params: { recipient: 'e476…', amount: '1.5' },
 *     id: 'order-1042',
 *   });
 *   // certified by a quorum; certificate: BCS of the ConfirmedBlockCertificate, as hex
 * } catch (error) {
 *   if (error.code === 4001) console.log('the person said no; nothing was sent');
 *   else if (error.data.reason === 'OutcomeUnknown') console.log('sent; ask again by id');
 *   else console.log(error.message, error.data.money);
 * }
 * ```
 */
export const transfer = blockMethod({
  name: 'linera_transfer',
  params: object({ recipient, amount: tokens, attos, chainId, source }),
  reasons: ['BadAddress', 'BadAmount'],
  block(visit, params) {
    const chain = visit.openChain(params.chainId);
    checkSource(params.source, chain);
    return {
      origin: visit.origin,
      chainId: chain.chainId,
      signer: chain.owner,
      operations: [transferOperation(params.source, params.recipient, amountOf(params))],
      blobs: [],
    };
  },
  stored: (order, params) => ({
    chainId: order.chainId,
    source: params.source,
    recipient: accountOf(params.recipient),
    attos: amountOf(params).toString(),
  }),
  result: (receipt) => receipt,
});
