import { expect, it } from 'vitest';
import type { ClientHost, ClientResult, NodeModule } from '@mica/bindings/node';
import { freePorts } from './ports.ts';
import { toAmount, toChainId } from '@mica/bindings/scalars';
import { Faucet } from '@mica/devnet/faucet';

const health = (byte: number, address: string) => ({
  public_key: new Uint8Array(33).fill(byte),
  address,
  subscribed: true,
  failures: 0,
  last_error: '',
});

it('names the validators of the newest committee, not those of the genesis', async () => {
  let committee = [health(1, 'grpc:one:1')];
  const client = {
    command: async (): Promise<ClientResult> => ({ $: 'Validators', value: committee }),
  } as unknown as ClientHost;
  const port = await freePorts();
  const faucet = new Faucet({
    module: {} as NodeModule,
    client,
    chainId: toChainId(new Uint8Array(32)),
    genesisJson: '{"committee":{"validators":{"01":{"network_address":"grpc:one:1"}}}}',
    port,
    amount: toAmount(1n),
  });
  await faucet.listen();
  const ask = async () => {
    const body = JSON.stringify({ query: '{ currentValidators { publicKey networkAddress } }' });
    const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body });
    return ((await answer.json()) as { data: { currentValidators: unknown } }).data;
  };
  const one = { publicKey: '01'.repeat(33), networkAddress: 'grpc:one:1' };
  const two = { publicKey: '02'.repeat(33), networkAddress: 'grpc:two:2' };
  expect(await ask()).toEqual({ currentValidators: [one] });
  committee = [health(2, 'grpc:two:2')];
  expect(await ask()).toEqual({ currentValidators: [two] });
  await faucet.close();
});
