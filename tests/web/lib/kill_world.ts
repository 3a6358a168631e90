// What rounds of kills share: the network with its watch, the wallet's three chains, and a
// client of its own that knows only what certificates prove.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { toAmount } from '@mica/bindings/scalars';
import { chainIdFromText } from '@mica/bindings/text';
import { NodeMount } from '@mica/storage-idb/node';
import {
  ClientHost,
  loadNodeModule,
  nodeTransport,
  ownerFromText,
  toHex,
  type ChainOwnership,
  type ChainSummary,
} from '@mica/bindings/node';
import { ask } from '@mica/bindings/commands';
import { NO_PERMISSIONS } from '@mica/bindings/permissions';
import type { Approval } from '@mica/wallet-contract/api';
import { inRoot } from '@mica/tools/lib';
import { startNetwork, type TestNetwork } from './devnet.ts';
import {
  activityOf,
  call,
  ExtensionBrowser,
  makeProfile,
  removeProfile,
  stateOf,
} from './extension.ts';
import type { ActivityText, Profile, StateText } from './extension.ts';
import { ProposalWatch } from './proposal_watch.ts';
import { scratch } from './scratch.ts';
import { check, same, until } from './steps.ts';

const PASSWORD = 'correct horse battery';
const TOKENS = 10n ** 18n;
export const FAST_ROUND_MS = 8000;

export const wasmFolder = process.env['MICA_WASM'] ?? inRoot('build/wasm');

export interface Order {
  chainId: string;
  recipient: string;
  amount: bigint;
}

/** A client without keys in this process: the judge of what the validators have. */
class Follower {
  private constructor(
    private readonly client: ClientHost,
    private readonly folder: string,
  ) {}

  static async open(net: TestNetwork): Promise<Follower> {
    const module = await loadNodeModule(wasmFolder);
    const folder = scratch('follower');
    const { genesisJson } = net.network;
    const client = await ClientHost.open({
      module,
      mount: await NodeMount.open(module, '/follower', folder, { sync: false }),
      genesisHash: module.genesisHash(genesisJson)!,
      transport: nodeTransport(),
      sign: () => Promise.reject(new Error('a follower signs nothing')),
    });
    const entropy = randomBytes(8).readBigUInt64LE();
    await client.command({ $: 'OpenNetwork', genesis_json: genesisJson, entropy });
    return new Follower(client, folder);
  }

  async follow(chainId: string): Promise<void> {
    const chain_id = chainIdFromText(chainId);
    const command = { $: 'TrackChain', chain_id, owner: null, allow_fast_blocks: false } as const;
    await this.client.command(command);
  }

  async chain(chainId: string): Promise<ChainSummary> {
    const command = { $: 'Synchronize', value: chainIdFromText(chainId) } as const;
    return (await ask(this.client, command)).value[0]!;
  }

  async hashes(chainId: string, limit: number): Promise<string[]> {
    const command = {
      $: 'GetHistory',
      chain_id: chainIdFromText(chainId),
      below: null,
      limit,
    } as const;
    const { value } = await ask(this.client, command);
    return value.map(({ height, hash }) => `${height} ${toHex(hash)}`);
  }

  async close(): Promise<void> {
    await this.client.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class KillWorld {
  readonly watch: ProposalWatch;
  readonly profile: Profile = makeProfile('kill');
  browser!: ExtensionBrowser;
  page!: Page;
  follower!: Follower;
  /** One owner in ordinary rounds; super owner; super owner whose fast rounds end. */
  normal = '';
  fast = '';
  timed = '';
  /** Pending blocks that the person had to see and approve again. */
  approvedAgain = 0;

  private constructor(
    readonly net: TestNetwork,
    watch: ProposalWatch,
    private readonly extension: string | undefined,
  ) {
    this.watch = watch;
  }

  static async start({ extension }: { extension?: string } = {}): Promise<KillWorld> {
    const watch = new ProposalWatch();
    const net = await startNetwork({
      wasm: wasmFolder,
      between: (index, service) => watch.wrap(index, service),
    });
    const world = new KillWorld(net, watch, extension);
    await world.#makeWallet();
    return world;
  }

  async #makeWallet(): Promise<void> {
    await this.#open();
    const { page, net } = this;
    const made = (await call(page, 'vault', 'makePhrase', { words: 12 })) as { phrase: number[] };
    const phrase = Buffer.from(made.phrase).toString();
    await call(page, 'vault', 'create', { phrase, password: PASSWORD });
    const network = (await call(page, 'wallet', 'addNetwork', {
      name: 'Kills',
      faucetUrl: net.faucetUrl,
    })) as { id: string };
    await call(page, 'wallet', 'switchNetwork', { id: network.id });
    const owner = (await stateOf(page)).vault.accounts[0]!.owner;
    const claimed = (await call(page, 'wallet', 'claimChain', { owner })) as { chainId: string };
    this.normal = claimed.chainId;
    this.fast = await this.#openChain(owner, null);
    this.timed = await this.#openChain(owner, BigInt(FAST_ROUND_MS) * 1000n);
    this.follower = await Follower.open(net);
    for (const chainId of this.chainIds()) {
      this.watch.chains.add(chainId);
      await this.follower.follow(chainId);
    }
    await this.trackAll();
  }

  /** The wallet has all three chains, whatever it had. */
  async trackAll(): Promise<void> {
    const owner = (await this.state()).vault.accounts[0]!.owner;
    for (const chainId of this.chainIds()) {
      await call(this.page, 'wallet', 'trackChain', { chainId, owner });
    }
  }

  chainIds(): string[] {
    return [this.normal, this.fast, this.timed];
  }

  // The faucet opens it: a super owner's blocks are certified in one round.
  async #openChain(owner: string, fastRound: bigint | null): Promise<string> {
    const { faucetClient, faucetChain } = this.net.network;
    const ownership: ChainOwnership = {
      super_owners: [ownerFromText(owner)],
      // A fast round ends only where there are regular owners too.
      owners: fastRound === null ? [] : [[ownerFromText(owner), 100n]],
      multi_leader_rounds: 2,
      open_multi_leader_rounds: false,
      timeout_config: {
        fast_round_duration: fastRound,
        base_timeout: 10_000_000n,
        timeout_increment: 1_000_000n,
        fallback_duration: 2n ** 64n - 1n,
      },
    };
    const draft = await ask(faucetClient, {
      $: 'PrepareBlock',
      chain_id: faucetChain,
      operations: [
        {
          $: 'System',
          value: {
            $: 'OpenChain',
            value: {
              ownership,
              balance: toAmount(100n * TOKENS),
              application_permissions: NO_PERMISSIONS,
            },
          },
        },
      ],
      blobs: [],
      receive_incoming: false,
    });
    await ask(faucetClient, { $: 'CommitDraft', value: draft.draft_id });
    return toHex(draft.effects.opened_chains[0]!);
  }

  async #open(): Promise<void> {
    this.browser = await ExtensionBrowser.open(this.profile, [], this.extension);
    this.page = await this.browser.walletPage();
  }

  async killBrowser(): Promise<void> {
    await this.browser.kill();
  }
  async reopenPage(): Promise<void> {
    await this.#open();
  }
  async reopen(unlock = true): Promise<void> {
    await this.#open();
    await until(
      'the network is open',
      async () => (await this.state()).network?.status === 'ready',
    );
    if (unlock) await this.unlock();
  }
  async unlock(): Promise<void> {
    await call(this.page, 'vault', 'unlock', { password: PASSWORD });
  }

  state(): Promise<StateText> {
    return stateOf(this.page);
  }

  // --- a transfer ---

  /** Up to an approval that shows its effects. */
  async prepare(order: Order): Promise<string> {
    const made = await call(this.page, 'wallet', 'prepareTransfer', order);
    return (made as { approvalId: string }).approvalId;
  }

  /** Yes to what is shown; resolves with the commit's promise not yet awaited. */
  async approve(id: string): Promise<{ done: Promise<unknown> }> {
    const approval = await until('the effects', async () => {
      const now = (await call(this.page, 'wallet', 'getApproval', { id })) as Approval;
      check(now.kind === 'block', 'a block');
      if (now.status === 'failed') throw new Error(`${now.failure?.code}: ${now.failure?.message}`);
      return now.status === 'ready' && now;
    });
    const block = new Uint8Array(approval.block as unknown as number[]);
    await call(this.page, 'vault', 'approve', { block, network: approval.network });
    const { revision } = approval;
    const done = call(this.page, 'wallet', 'confirmBlock', { id, revision });
    done.catch(() => undefined);
    return { done };
  }

  async pay(order: Order): Promise<void> {
    const { done } = await this.approve(await this.prepare(order));
    await done;
  }

  // --- after a restart ---

  /** Until nothing is under way; a block that waits for its person is seen and approved. */
  async settled(ms = 90_000): Promise<StateText> {
    let last: StateText | null = null;
    return until(
      'nothing is pending',
      async () => {
        last = await this.state();
        const refused = last.chains.find(
          ({ pendingHeight, failure }) =>
            pendingHeight !== null && failure?.code === 'SignerRefused',
        );
        if (refused) await this.#approvePending(refused.chainId);
        const quiet = last.chains.every(
          ({ pendingHeight, busy, synchronized, incomingCount }) =>
            pendingHeight === null && busy === null && synchronized && incomingCount === 0,
        );
        return quiet && last;
      },
      ms,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}; chains: ${JSON.stringify(last?.chains)}`);
    });
  }

  async #approvePending(chainId: string): Promise<void> {
    const made = await call(this.page, 'wallet', 'showPending', { chainId });
    const { done } = await this.approve((made as { approvalId: string }).approvalId);
    await done;
    this.approvedAgain += 1;
  }

  async activity(chainId: string): Promise<ActivityText[]> {
    return activityOf(this.page, chainId, 100);
  }

  /** Heights, hashes and balances are the validators', and no money came or went. */
  async compare(total: bigint): Promise<void> {
    const state = await this.settled();
    let sum = 0n;
    for (const chainId of this.chainIds()) {
      const chain = state.chains.find((one) => one.chainId === chainId)!;
      const theirs = await this.follower.chain(chainId);
      const name = `chain ${chainId.slice(0, 8)}`;
      same(BigInt(chain.nextBlockHeight), theirs.next_block_height, `${name}: height`);
      same(BigInt(chain.chainBalance), theirs.chain_balance, `${name}: balance`);
      const ours = (await this.activity(chainId)).map((one) => `${one.height} ${one.blockHash}`);
      same(ours, await this.follower.hashes(chainId, 100), `${name}: history`);
      sum += theirs.chain_balance;
    }
    same(sum, total, 'money in all');
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.follower.close();
    await this.net.close();
    removeProfile(this.profile);
  }
}

export const totalOf = 300n * TOKENS;
