// In place of web/wallet while that is not there: hands what a window gets to the console and to
// tests, as globalThis.mica.
import type { WalletHost } from '@mica/wallet-contract/api';

export function mountWallet(root: HTMLElement, host: WalletHost): void {
  (globalThis as { mica?: WalletHost }).mica = host;
  const show = () =>
    host.wallet.getState({}).then((state) => {
      const plain = (_key: string, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value;
      root.textContent = JSON.stringify(state, plain, 2);
    });
  host.wallet.on('state', () => void show());
  void show();
}
