// A network of upstream's own: four of its validators behind its proxies, and its faucet, as
// `linera net up` starts them. tools/upstream.mjs gets the programs.
import { rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { openFaucet } from '@mica/extension/engine/faucet';
import { inRoot } from '@mica/tools/lib';
import { start } from '@mica/tools/lifetime';
import type { AnyNetwork } from './devnet.ts';
import { freePorts } from './ports.ts';
import { scratch } from './scratch.ts';
import { until } from './steps.ts';

export interface UpstreamOptions {
  prices: 'None' | 'Testnet';
  stateHash: 'zero' | 'legacy';
}

/** Where linera, linera-server, linera-proxy and linera-storage-server are. */
const programs = process.env['MICA_UPSTREAM'] ?? inRoot('build/upstream/bin');

export async function startUpstream({ prices, stateHash }: UpstreamOptions): Promise<AnyNetwork> {
  const folder = scratch('upstream');
  const faucetPort = await freePorts();
  const args = ['net', 'up', '--validators', '4', '--path', folder, '--with-faucet'];
  args.push('--faucet-port', `${faucetPort}`, '--faucet-amount', '5000');
  args.push('--policy-config', prices === 'None' ? 'no-fees' : 'testnet');
  if (stateHash === 'zero') args.push('--http-request-allow-list', 'FLAG_ZERO_HASH.linera.network');
  const child = start(join(programs, 'linera'), args, {
    env: {
      ...process.env,
      PATH: `${programs}${delimiter}${process.env['PATH']}`,
      RUST_LOG: 'error',
      // The validators' ports are 4001 and more above it, others at each thousand.
      TEST_OFFSET_PORT: `${(await freePorts(8)) - 4000}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let ended = false;
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (text: Buffer) => void (said = (said + text.toString()).slice(-4000)));
  }
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  void gone.then(() => (ended = true));
  const close = async () => {
    child.kill('SIGINT');
    await gone;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await until(
      'upstream is ready',
      () => {
        if (ended) throw new Error(`linera net up ended: ${said}`);
        return said.includes('READY!');
      },
      120_000,
    );
    const faucetUrl = `http://127.0.0.1:${faucetPort}/`;
    return { genesisJson: await openFaucet(faucetUrl).genesisConfig(), faucetUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}
