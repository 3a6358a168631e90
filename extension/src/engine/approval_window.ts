// The end of the approval window. The browser tells it late, by way of the service worker; the
// window itself said before what it was leaving.
import { walletMethods } from './wallet_methods.ts';
import type { WalletService } from './wallet_service.ts';

/**
 * Closed without a word: a no to all that it knew of. What came meanwhile nobody has seen, and is
 * asked in a new window.
 */
export async function approvalWindowClosed(service: WalletService): Promise<void> {
  const knownWhenLeft = service.windows.takeKnownWhenLeft();
  const { reject } = walletMethods(service);
  for (const id of service.network.askedByPages()) {
    if (knownWhenLeft.has(id)) await reject({ id }).catch(() => undefined);
  }
  const { attention } = service.pages;
  if (service.network.askedByPages().some((id) => attention.hasRaised(id))) {
    service.outside.openApprovalWindow();
  }
}
