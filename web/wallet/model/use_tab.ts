// A popup closes when it loses the focus, and a phrase must not be lost with it: what asks for one
// happens in a tab.
import { useHost } from './use_wallet.tsx';

export function useTab() {
  const { view, openTab, close } = useHost();
  return {
    mustLeave: view.page === 'popup' || view.page === 'approval',
    /** Goes on there; this window closes. */
    inTab(route: string): void {
      openTab(route);
      close();
    },
  };
}
