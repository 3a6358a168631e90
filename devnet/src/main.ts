// npm run devnet: a local network of validators and a faucet, until Ctrl-C.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Network, reset, type NetworkOptions } from './network.ts';

const root = resolve(fileURLToPath(import.meta.url), '../../..');

const HELP = `npm run devnet -- [flags]
  --folder DIR          where the network lives (build/state/network)
  --reset               forget the network in that folder first
  --validators N        how many (4)
  --validator-port P    the first one's port, the others follow (13001)
  --faucet-port P       (8080)
  --prices none|testnet what execution costs; fixed at the first start (none)
  --state-hash zero|legacy   fixed at the first start (zero)
  --claim TOKENS        what a claimed chain starts with (100)
  --no-sync             do not wait for the disk (throw-away networks)`;

function choice<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  if ((allowed as readonly string[]).includes(value)) return value as T;
  throw new Error(`--${name}: ${value} is none of ${allowed.join(', ')}`);
}

function count(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65535) {
    throw new Error(`--${name}: ${value} is not a number from 1 to 65535`);
  }
  return number;
}

function readOptions(args: string[]): { options: NetworkOptions; reset: boolean } | null {
  const { values } = parseArgs({
    args,
    options: {
      folder: { type: 'string', default: resolve(root, 'build/state/network') },
      reset: { type: 'boolean', default: false },
      validators: { type: 'string', default: '4' },
      'validator-port': { type: 'string', default: '13001' },
      'faucet-port': { type: 'string', default: '8080' },
      prices: { type: 'string', default: 'none' },
      'state-hash': { type: 'string', default: 'zero' },
      claim: { type: 'string', default: '100' },
      'no-sync': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const prices = choice('prices', values.prices, ['none', 'testnet'] as const);
  return {
    reset: values.reset,
    options: {
      folder: resolve(values.folder),
      wasm: resolve(root, 'build/wasm'),
      validators: count('validators', values.validators),
      validatorPort: count('validator-port', values['validator-port']),
      faucetPort: count('faucet-port', values['faucet-port']),
      prices: prices === 'none' ? 'None' : 'Testnet',
      stateHash: choice('state-hash', values['state-hash'], ['zero', 'legacy'] as const),
      claimTokens: BigInt(count('claim', values.claim)),
      sync: !values['no-sync'],
      progress: (text) => console.log(`network: ${text}`),
    },
  };
}

async function main(): Promise<void> {
  const read = readOptions(process.argv.slice(2));
  if (!read) return console.log(HELP);
  if (read.reset) await reset(read.options.folder);
  const network = await Network.start(read.options);
  const { validators, validatorPort, faucetPort, folder } = read.options;
  console.log(`faucet      http://127.0.0.1:${faucetPort}`);
  for (let i = 0; i < validators; i += 1) {
    console.log(`validator ${i + 1} grpc:127.0.0.1:${validatorPort + i}`);
  }
  console.log(`state       ${folder}`);
  const stop = () => {
    void network.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
