// The flags of npm run devnet, which npm start passes on.
export const networkFlags = {
  folder: 'build/state/network',
  reset: false,
  validators: 4,
  'validator-port': 13001,
  'faucet-port': 8080,
  prices: 'none',
  'state-hash': 'zero',
  claim: 100,
  'no-sync': false,
};
