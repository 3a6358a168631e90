/** Said where no window is (words/outside.ts): names alone are put in, there are no plurals. */
export const outside = {
  'outside.description': 'A Linera wallet that is its own node.',
  'outside.moneyCame': 'Money received',
  'outside.moneyCame.text': '{amount} has come in.',
  'outside.moneyWaits': 'Money is waiting',
  'outside.moneyWaits.text': '{amount} incoming: unlock to receive.',
  'outside.storeLost': 'Chains are fetched again',
  'outside.storeLost.text': 'This browser had lost the stored chains. Your money is safe.',
  'outside.badge.quiet': 'Mica',
  'outside.badge.asks': 'Mica: something waits',
  'outside.badge.waits': 'Mica: incoming, unlock to receive',
  'outside.badge.came': 'Mica: received',
} as const;
