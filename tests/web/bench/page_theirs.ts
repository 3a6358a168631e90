// The published client embedded in a page.
declare global {
  // Lives in the page.
  var theirs: typeof bench;
}
type Linera = typeof import('@linera/client');

let put = 0;
const native = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value: Uint8Array, key) {
  put += value.byteLength ?? 0;
  return native.call(this, value, key);
};

let linera: Linera;
let chain: import('@linera/client').Chain;
let received = 0;

async function start(): Promise<number> {
  const source = '/client.js';
  linera = (await import(/* @vite-ignore */ source)) as Linera;
  await linera.initialize();
  return performance.now();
}

export const bench = {
  engineMs: 0,
  ready: 0,
  put: () => put,
  received: () => received,
  async open(faucetUrl: string, key: string): Promise<string> {
    const faucet = new linera.Faucet(faucetUrl);
    const wallet = await faucet.createWallet();
    const signer = new linera.signer.PrivateKey(key);
    const chainId = await faucet.claimChain(wallet, signer.address().toLowerCase() as never);
    const client = await new linera.Client(wallet, signer);
    client.start();
    chain = await client.chain(chainId as never);
    chain.onNotification((news: unknown) => {
      const { reason } = news as { reason: Record<string, unknown> };
      if (reason['NewBlock']) received += 1;
    });
    return String(chainId);
  },
  /** Milliseconds until the chain's balance is that, as text. */
  async whenBalance(text: string, limitMs: number): Promise<number> {
    const begun = performance.now();
    // Until it knows the chain, it says that it lacks its description.
    let now = '';
    while (now !== text) {
      await new Promise((soon) => setTimeout(soon, 50));
      now = await chain.balance().catch(String);
      if (performance.now() - begun > limitMs) throw new Error(`${now}, expected ${text}`);
    }
    return performance.now() - begun;
  },
  /** One token; milliseconds. */
  async transfer(to: string): Promise<number> {
    const begun = performance.now();
    const recipient = { chain_id: to, owner: '0x00' };
    await chain.transfer({ amount: 1, recipient } as never);
    return performance.now() - begun;
  },
};
globalThis.theirs = bench;

const begin = async () => void (bench.ready = bench.engineMs = await start());
if (new URLSearchParams(location.search).has('wait')) Object.assign(globalThis, { begin });
else void begin();
