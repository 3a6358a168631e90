// What the person is told outside of the wallet's windows, before it is put into words.
import type { Attos, Settings } from '@mica/wallet-contract/api';

/** Of the browser. */
export type Notice = { id: 'moneyCame' | 'moneyWaits'; amount: Attos } | { id: 'storeLost' };

/** At the extension's button. */
export interface Badge {
  text: string;
  /** asks: something waits for the person. waits: money, for the vault to be unlocked. */
  says: 'quiet' | 'asks' | 'waits' | 'came';
}

/** Of the settings: whoever says it knows the browser's. */
export type ChosenLanguage = Settings['language'];
