// npm run devnet: a local network of validators and a faucet, until Ctrl-C.
import { relative, resolve } from 'node:path';
import { Network, reset, type NetworkOptions } from '@mica/devnet/network';
import { inRoot, readOptions, root, say } from './lib.mjs';
import { atEnd } from './lifetime.mjs';
import { networkFlags } from './network_flags.mjs';
import { demandFree } from './ports.mjs';
import { take } from './turns.mjs';

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

type Flags = typeof networkFlags;

function choice<T extends string>(name: keyof Flags, value: string, allowed: readonly T[]): T {
  if ((allowed as readonly string[]).includes(value)) return value as T;
  throw new Error(`--${name}: ${value} is none of ${allowed.join(', ')}`);
}

function count(name: keyof Flags, value: number): number {
  if (value >= 1 && value <= 65535) return value;
  throw new Error(`--${name}: ${value} is not a number from 1 to 65535`);
}

function networkOptions(flags: Flags): NetworkOptions {
  const prices = choice('prices', flags.prices, ['none', 'testnet'] as const);
  return {
    folder: resolve(inRoot(), flags.folder),
    wasm: inRoot('build/wasm'),
    validators: count('validators', flags.validators),
    validatorPort: count('validator-port', flags['validator-port']),
    faucetPort: count('faucet-port', flags['faucet-port']),
    prices: prices === 'none' ? 'None' : 'Testnet',
    stateHash: choice('state-hash', flags['state-hash'], ['zero', 'legacy'] as const),
    claimTokens: BigInt(count('claim', flags.claim)),
    sync: !flags['no-sync'],
    progress: (text) => console.log(`network: ${text}`),
  };
}

/** Says who has a port, or the folder, before anything is opened. */
async function demandRoom({ folder, faucetPort, validatorPort, validators }: NetworkOptions) {
  await demandFree(faucetPort, '--faucet-port');
  for (let at = 0; at < validators; at += 1) {
    await demandFree(validatorPort + at, '--validator-port');
  }
  if (await take(`network ${folder}`)) return;
  throw new Error(`a network runs in ${relative(root, folder)} already: give another --folder`);
}

async function main(): Promise<void> {
  const { help, ...flags } = readOptions({ ...networkFlags, help: false });
  if (help) return console.log(HELP);
  const options = networkOptions(flags);
  await demandRoom(options);
  if (flags.reset) await reset(options.folder);
  const network = await Network.start(options);
  atEnd(() => network.close());
  const { validators, validatorPort, faucetPort, folder } = options;
  console.log(`faucet      http://127.0.0.1:${faucetPort}`);
  for (let i = 0; i < validators; i += 1) {
    console.log(`validator ${i + 1} grpc:127.0.0.1:${validatorPort + i}`);
  }
  console.log(`state       ${folder}`);
  process.send?.('ready');
}

try {
  await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
