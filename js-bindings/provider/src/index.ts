// What a page sees of the wallet (docs/provider.md).
import type { MethodName, RequestOf, ResultOf } from './methods.ts';

export * from './errors.ts';
export * from './methods.ts';

export interface RequestArguments {
  method: string;
  params?: unknown;
  /** Chosen by the page to find the request again after a reload; made up if absent. */
  id?: string;
}

export interface Provider {
  request<M extends MethodName>(args: RequestOf<M>): Promise<ResultOf<M>>;
  request(args: RequestArguments): Promise<unknown>;
  on(event: string, listener: (value: unknown) => void): this;
  removeListener(event: string, listener: (value: unknown) => void): this;
}

export interface ProviderInfo {
  uuid: string;
  name: string;
  icon: string;
  rdns: string;
}

export interface ProviderDetail {
  info: ProviderInfo;
  provider: Provider;
}

export { onWallet } from './on_wallet.ts';
