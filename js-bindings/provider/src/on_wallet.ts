// Finding wallets: EIP-6963's events under Linera's name (docs/provider.md).
import type { ProviderDetail } from './index.ts';

/**
 * Calls the listener once for each wallet that announces itself, those that come late too. The
 * returned function ends that. Nothing is asked of a wallet yet.
 *
 * @example
 * onWallet(({ info, provider }) => {
 *   button(info.name, () => provider.request({ method: 'linera_requestAccounts' }));
 * });
 */
export function onWallet(listener: (wallet: ProviderDetail) => void): () => void {
  const known = new Set<string>();
  const hear = (event: Event) => {
    const { detail } = event as CustomEvent<unknown>;
    if (!isWallet(detail) || known.has(detail.info.uuid)) return;
    known.add(detail.info.uuid);
    listener(detail);
  };
  window.addEventListener('linera:announceProvider', hear);
  window.dispatchEvent(new Event('linera:requestProvider'));
  return () => window.removeEventListener('linera:announceProvider', hear);
}

// Any script of the page can dispatch such an event.
function isWallet(detail: unknown): detail is ProviderDetail {
  const { info, provider } = (detail ?? {}) as Partial<ProviderDetail>;
  return typeof info?.uuid === 'string' && typeof provider?.request === 'function';
}
