// Silence, dropped sockets, validators that fail or lie, and the published client as the other
// side.
import type { DemoWorld, Note } from './demo_world.ts';
import { attos, chainIn } from './demo_wallet.ts';
import { stateOf } from './extension.ts';
import { PublishedClient, launchChromium, servePublished } from './published.ts';
import { same, sleep, until } from './steps.ts';
import * as ui from './wallet_ui.ts';

/** A sends to B by its own window, and B receives. */
async function pay(world: DemoWorld, tokens: string, note: Note): Promise<void> {
  const { a, b } = world;
  const before = BigInt(chainIn(await stateOf(b.page), b.chainId).chainBalance);
  const blockHash = await ui.send(a.page, b.chainId, tokens, world.noShot);
  await received(world, before + BigInt(attos(tokens)));
  note({ chainId: a.chainId, blockHash });
}

const received = ({ b }: DemoWorld, wanted: bigint, ms = 30_000) =>
  until(
    `wallet B has ${wanted}`,
    async () => BigInt(chainIn(await stateOf(b.page), b.chainId).chainBalance) === wanted,
    ms,
  );

const subscribed = ({ a, b }: DemoWorld, count: number, ms = 60_000) =>
  until(
    `${count} subscriptions each`,
    async () => {
      for (const { page } of [a, b]) {
        const { network } = await stateOf(page);
        if (network!.validators.filter((one) => one.subscribed).length !== count) return false;
      }
      return true;
    },
    ms,
  );

export async function demoAdversity(world: DemoWorld, idleSeconds: number): Promise<void> {
  const { net } = world;
  await world.step(`${idleSeconds} s of idleness: no request at any validator`, async (note) => {
    await sleep(2000);
    const before = net.requests();
    await sleep(idleSeconds * 1000);
    const requests = net.requests().map((now, at) => now - before[at]!);
    note({ requests });
    same(requests, [0, 0, 0, 0], 'requests');
  });
  await world.step(
    'dropped sockets: what was missed is caught up by the received log',
    async (note) => {
      const before = BigInt(chainIn(await stateOf(world.b.page), world.b.chainId).chainBalance);
      net.dropStreams(true);
      await ui.send(world.a.page, world.b.chainId, '1', world.noShot);
      same(
        BigInt(chainIn(await stateOf(world.b.page), world.b.chainId).chainBalance),
        before,
        'nothing heard',
      );
      net.dropStreams(false);
      const started = performance.now();
      await received(world, before + BigInt(attos('1')), 90_000);
      note({ caughtUpMs: Math.round(performance.now() - started) });
      await subscribed(world, 4, 90_000);
    },
  );
  await world.step('one validator of four down during a transfer', async (note) => {
    net.faults[0] = 'down';
    await pay(world, '1', note);
    net.faults[0] = 'up';
  });
  await world.step('one validator of four never answers during a transfer', async (note) => {
    net.faults[3] = 'hung';
    await pay(world, '1', note);
    net.faults[3] = 'up';
  });
  const lies: [string, (body: Uint8Array) => Uint8Array][] = [
    ['flips a bit of each answer', (body) => flip(body)],
    ['cuts each answer off', (body) => body.slice(0, Math.floor(body.length / 2))],
    ['sends 1 MiB of noise', () => new Uint8Array(1 << 20).map((_, at) => (at * 7919) & 255)],
  ];
  for (const [what, lie] of lies) {
    await world.step(`one validator of four ${what} during a transfer`, async (note) => {
      net.faults[1] = (_method, body) => lie(body);
      await pay(world, '1', note);
      net.faults[1] = 'up';
    });
  }
  await published(world);
}

// In the middle of the message, where signatures and hashes are.
function flip(body: Uint8Array): Uint8Array {
  const copy = body.slice();
  const at = Math.floor(copy.length / 2);
  if (copy.length > 0) copy[at] = copy[at]! ^ 1;
  return copy;
}

async function published(world: DemoWorld): Promise<void> {
  const { a, net } = world;
  const site = await servePublished();
  const browser = await launchChromium();
  try {
    await world.step('the published client pays this wallet and is paid by it', async (note) => {
      const context = await browser.newContext();
      const { faucetUrl } = net;
      const other = await PublishedClient.open({
        context,
        site,
        faucetUrl,
        secretKey: '44'.repeat(32),
      });
      const before = BigInt(chainIn(await stateOf(a.page), a.chainId).chainBalance);
      const balance = (change: string) =>
        until(`a change of ${change}`, async () => {
          const now = BigInt(chainIn(await stateOf(a.page), a.chainId).chainBalance);
          return now === before + BigInt(attos(change));
        });
      await other.transfer({ chainId: a.chainId }, 9);
      await balance('9');
      const blockHash = await ui.send(a.page, other.chainId, '4', world.noShot);
      await until('it shows 95', () => other.shows('95.'));
      await balance('5');
      note({ chainId: a.chainId, blockHash, publishedChain: other.chainId });
    });
  } finally {
    await browser.close();
    await site.close();
  }
}
