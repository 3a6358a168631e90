export const outside = {
  'outside.description': 'Eine Linera-Wallet, die ihr eigener Knoten ist.',
  'outside.moneyCame': 'Geld empfangen',
  'outside.moneyCame.text': '{amount} ist eingegangen.',
  'outside.moneyWaits': 'Geld wartet',
  'outside.moneyWaits.text': '{amount} unterwegs: Zum Empfangen entsperren.',
  'outside.storeLost': 'Chains werden neu geholt',
  'outside.storeLost.text': `
    Dieser Browser hatte die gespeicherten Chains verloren. Dein Geld ist sicher.`,
  'outside.badge.quiet': 'Mica',
  'outside.badge.asks': 'Mica: Etwas wartet auf dich',
  'outside.badge.waits': 'Mica: Geld kommt, zum Empfangen entsperren',
  'outside.badge.came': 'Mica: Geld empfangen',
};
