import { afterEach, expect, it } from 'vitest';
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

let faucet: Faucet;
afterEach(() => faucet.close());

/** A faucet on this client, and how it is asked. */
async function open(client: Partial<ClientHost>, module: Partial<NodeModule> = {}) {
  const port = await freePorts();
  faucet = new Faucet({
    module: module as NodeModule,
    client: client as ClientHost,
    chainId: toChainId(new Uint8Array(32)),
    genesisJson: '{"committee":{"validators":{"01":{"network_address":"grpc:one:1"}}}}',
    port,
    amount: toAmount(1n),
  });
  await faucet.listen();
  return async (query: string) => {
    const body = JSON.stringify({ query });
    const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body });
    return (await answer.json()) as { data: unknown };
  };
}

it('names the validators of the newest committee, not those of the genesis', async () => {
  let committee = [health(1, 'grpc:one:1')];
  const ask = await open({
    command: async (): Promise<ClientResult> => ({ $: 'Validators', value: committee }),
  });
  const query = '{ currentValidators { publicKey networkAddress } }';
  const one = { publicKey: '01'.repeat(33), networkAddress: 'grpc:one:1' };
  const two = { publicKey: '02'.repeat(33), networkAddress: 'grpc:two:2' };
  expect(await ask(query)).toEqual({ data: { currentValidators: [one] } });
  committee = [health(2, 'grpc:two:2')];
  expect(await ask(query)).toEqual({ data: { currentValidators: [two] } });
});

it('says by a value whether an owner has a chain', async () => {
  const owner = `0x${'11'.repeat(20)}`;
  const has = { records: [] as [string, Uint8Array][] };
  const ask = await open(
    { command: async (): Promise<ClientResult> => ({ $: 'Records', value: has.records }) },
    { describeChain: () => ({ chainId: toChainId(new Uint8Array(32).fill(5)), json: '{}' }) },
  );
  const query = `query { initialClaim(owner: "${owner}") { chainId } }`;
  expect(await ask(query)).toEqual({ data: { initialClaim: null } });
  has.records = [[`claim/${owner}`, new Uint8Array(1)]];
  expect(await ask(query)).toEqual({ data: { initialClaim: { chainId: '05'.repeat(32) } } });
});
