// Requests of pages whose blocks were signed, followed until the block is certified, displaced or
// known never to have been sent; across restarts too.
import { encode } from '@mica/bindings/codec';
import { fromHex, toHex } from '@mica/bindings/text';
import { providerError, type ProviderError } from '@mica/provider';
import type { ActivityEntry, BlockReceipt } from '@mica/wallet-contract/api';
import { ask } from './engine.ts';
import { methods } from './methods/index.ts';
import { receiptJson } from './page_answers.ts';
import { askedOf, isOpen, type Requests, type StoredRequest } from './requests.ts';
import type { Session } from './session.ts';
import type { ChainCore } from './views.ts';

export interface SignedWorld {
  requests: Requests;
  session(): Session | null;
  /** Whoever runs the commit answers it himself. */
  isRunning(request: StoredRequest, session: Session): boolean;
  /** The page hears how an unknown one ended. */
  tell(request: StoredRequest): void;
}

/** As older versions stored it. */
type OldRequest = StoredRequest & { params?: unknown };

const warn = (error: unknown) => console.warn(error);

export class SignedRequests {
  constructor(private readonly world: SignedWorld) {}

  // Older versions kept them in the store of each network, with all that the page had sent. What
  // was signed is taken over; the rest nobody waits for any more.
  async takeOver(session: Session): Promise<void> {
    const stored = await session.records.list<StoredRequest>('request/');
    const signed = stored
      .map(([, request]) => request)
      .filter(({ status, block }) => block && (isOpen(status) || status === 'done'))
      .map(({ origin, id, method, status, result, createdAt, block, params }: OldRequest) => ({
        ...{ origin, id, method, status, result, createdAt, block },
        ...{ network: session.genesisHash, asked: askedOf(params), order: null },
        chainId: block?.chainId ?? null,
      }));
    await this.world.requests.adopt(signed);
    void this.removeOld(
      session,
      stored.map(([key]) => key),
    ).catch(warn);
  }

  // There may be thousands: nobody waits for that.
  private async removeOld(session: Session, keys: string[]): Promise<void> {
    for (const key of keys) await session.records.remove(key);
  }

  // Signed before the restart: certified meanwhile, displaced, never sent, or still open.
  async lookForBlock(session: Session, request: StoredRequest): Promise<void> {
    const { block } = request;
    const chain = block && session.chains.get(block.chainId);
    if (!block || !chain || this.world.isRunning(request, session)) return;
    const height = BigInt(block.height);
    const [entry] = await session.activity(block.chainId, height + 1n, 1);
    if (entry?.height === height && entry.state !== 'proposed') {
      return this.blockOf(request, entry.state, entry.blockHash);
    }
    // A store that was lost does not know what was sent from it; nor does the one after it.
    if (session.storeLost) request.storeLost = true;
    const isPast = chain.nextBlockHeight > height;
    if (chain.pendingHeight === height || isPast || request.storeLost) {
      return this.world.requests.unknown(request);
    }
    await this.world.requests.fail(request, notSent());
  }

  // Blocks that were fetched again are no news: the chain has grown over the height.
  lookAgain({ chainId, nextBlockHeight }: ChainCore): void {
    const session = this.world.session();
    if (!session) return;
    for (const request of this.world.requests.listOpen()) {
      const { network, status, block } = request;
      if (network !== session.genesisHash || status !== 'unknown') continue;
      if (block?.chainId === chainId && BigInt(block.height) < nextBlockHeight) {
        void this.lookForBlock(session, request).catch(warn);
      }
    }
  }

  async blockOf(
    request: StoredRequest,
    state: ActivityEntry['state'],
    hash: string,
  ): Promise<void> {
    const session = this.world.session();
    if (!session || state === 'proposed' || !request.block || !isOpen(request.status)) return;
    if (request.status === 'committing' && this.world.isRunning(request, session)) return;
    if (request.block.hash !== hash) {
      await this.world.requests.fail(request, displaced());
    } else {
      const { chainId, height } = request.block;
      const { value: certificate } = await ask(session.engine, {
        $: 'GetCertificate',
        value: fromHex(hash),
      });
      const receipt = {
        chainId,
        height: BigInt(height),
        blockHash: hash,
        certificate: toHex(encode('ConfirmedBlockCertificate', certificate)),
      };
      await this.world.requests.finish(request, resultOf(request, receipt));
    }
    this.world.tell(request);
  }
}

const notSent = (): ProviderError =>
  providerError('internal', 'NotSent', 'The wallet was stopped before it was sent.', {
    money: 'Untouched',
  });
const displaced = (): ProviderError =>
  providerError(
    'internal',
    'Conflict',
    'Another block was certified at that height: nothing was sent.',
    { money: 'Untouched' },
  );

// What the method that was asked answers of its block.
function resultOf({ method }: StoredRequest, receipt: BlockReceipt): unknown {
  const its = methods.get(method);
  if (its?.access !== 'person' || !its.ofReceipt) return receiptJson(receipt);
  return its.ofReceipt(receipt);
}
