import { MAX_MODULE_BYTES } from '@mica/bindings/limits';
import { moduleIdToText, packModule } from '@mica/bindings/modules';
import type { ReceiptJson } from '@mica/provider';
import type { BlockReceipt } from '@mica/wallet-contract/api';
import { certifiedOperation } from '../certified.ts';
import { receiptJson } from '../page_answers.ts';
import { blockReasons } from './block_method.ts';
import { chainId, invalid, object, wasm } from './params.ts';
import { method } from './method.ts';

/** Eight times as fast as the best, for an eighth more: nobody has said yes yet. */
const LEVEL = 9;

/**
 * `{ contract, service, chainId? }`: publishes a module, from which applications are created, with
 * a block of `chainId` (the first connected chain). Both are WebAssembly as the compiler wrote it,
 * in base64 with padding, 8,388,608 bytes together at most; the wallet compresses them. The receipt
 * is that of linera_transfer and `moduleId`: 130 hex digits.
 *
 * This request alone may be longer than 65,536 characters: 12,582,912 of them. A site may have one
 * of these waiting, and bring 3 at once and one in 20 seconds after that. What it brings is held
 * while it waits and not stored: if the wallet is started anew before the person has said yes, the
 * request has failed as `NotKept`, and the page asks again.
 *
 * ```js
 * const base64 = async (url) => {
 *   const blob = await (await fetch(url)).blob();
 *   const reader = new FileReader();
 *   await new Promise((done) => {
 *     reader.onload = done;
 *     reader.readAsDataURL(blob);
 *   });
 *   return reader.result.split(',')[1];
 * };
 * const contract = await base64('counter_contract.wasm');
 * const service = await base64('counter_service.wasm');
 * button.onclick = async () => {
 *   const { moduleId } = await provider.request({
 *     method: 'linera_publishModule',
 *     params: { contract, service },
 *   });
 * };
 * ```
 */
export const publishModule = method({
  name: 'linera_publishModule',
  access: 'person',
  large: true,
  params: object({ contract: wasm('contract'), service: wasm('service'), chainId }),
  reasons: ['BadAddress', 'BadData', 'TooLong', 'NotKept', ...blockReasons],
  order(visit, { contract, service, chainId }) {
    const chain = visit.openChain(chainId);
    if (contract.length + service.length > MAX_MODULE_BYTES) {
      return invalid(`A module has at most ${MAX_MODULE_BYTES} bytes.`, 'TooLong');
    }
    return { chainId: chain.chainId };
  },
  async run({ visit, block }, params) {
    const { chainId, owner: signer } = visit.openChain(params.chainId);
    const { moduleId: module_id, blobs } = await packModule(params, LEVEL);
    const value = { $: 'PublishModule', module_id } as const;
    const operations = [{ $: 'System', value } as const];
    return resultOf(await block({ origin: visit.origin, chainId, signer, operations, blobs }));
  },
  ofReceipt: (receipt) => resultOf(receipt),
});

const resultOf = (receipt: BlockReceipt): ReceiptJson & { moduleId: string } => ({
  ...receiptJson(receipt),
  moduleId: moduleIdToText(certifiedOperation(receipt, 'PublishModule').module_id),
});
