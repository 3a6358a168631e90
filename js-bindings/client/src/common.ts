// What both entries export.
import type * as protocol from '@mica/bindings/types';

export {
  amountFromText as parseAmount,
  amountToDisplay as formatAmount,
  chainIdFromText as parseChainId,
  decode,
  encode,
  fromHex,
  hashFromText as parseHash,
  ownerFromText as parseOwner,
  toAmount,
  toHex,
  WebTransport,
  type Transport,
} from '@mica/bindings';
export * from './actions/index.ts';
export type { JsonValue, Payload } from './applications.ts';
export type { Client } from './client.ts';
export type { ClientCore, ClientOptions, Network } from './core.ts';
export * from './errors.ts';
export type { LocalSigner, LocalSignerOptions } from './local_signer.ts';
export type { News } from './news.ts';
export type { Signature, Signer, SignRequest } from './signer.ts';
export { memoryStore, type OpenStore } from './stores.ts';
export type { BlockEntry, Chain, ConfirmedBlock, Draft } from './views.ts';
/** The protocol's own types, as the engine has them: `protocol.Operation`, … */
export type { protocol };
