// Requests of pages whose blocks were signed, followed until the block is certified, displaced or
// known never to have been sent; across restarts too.
import { encode } from '@mica/bindings/codec';
import type { Block } from '@mica/bindings/types';
import { hashFromText, toHex } from '@mica/bindings/text';
import { providerError, type ProviderError } from '@mica/provider';
import type { ActivityEntry, BlockReceipt } from '@mica/wallet-contract/api';
import { digestOf } from './certified.ts';
import { ask } from './engine.ts';
import type { BlockNews } from './events.ts';
import { methods } from './methods/index.ts';
import type { OpenNetwork } from './open_network.ts';
import { receiptJson } from './page_answers.ts';
import type { PageEvents } from './page_events.ts';
import type { PageRequests } from './page_requests.ts';
import { isOpen, type Requests, type StoredRequest } from './requests.ts';
import type { Session } from './session.ts';
import type { ChainCore } from './views.ts';

type SignedBlock = NonNullable<StoredRequest['block']>;

const warn = (error: unknown) => console.warn(error);

export class SignedRequests {
  constructor(
    private readonly requests: Requests,
    private readonly network: Readonly<OpenNetwork>,
    private readonly asked: Pick<PageRequests, 'isRunning'>,
    private readonly events: Pick<PageEvents, 'requestEnded'>,
  ) {}

  /** Signed before the restart: certified meanwhile, displaced, never sent, or still open. */
  async lookForBlock(session: Session, request: StoredRequest): Promise<void> {
    const { block } = request;
    const chain = block && session.chains.get(block.chainId);
    if (!block || !chain || this.asked.isRunning(request, session)) return;
    const height = BigInt(block.height);
    const [entry] = await session.activity(block.chainId, height + 1n, 1);
    if (entry?.height === height && entry.state !== 'proposed') {
      return this.ended(request, entry.state, entry.blockHash);
    }
    // A store that was lost does not know what was sent from it; nor does the one after it.
    if (session.chains.storeLost) request.storeLost = true;
    const isPast = chain.nextBlockHeight > height;
    if (chain.pendingHeight === height || isPast || request.storeLost) {
      return this.requests.unknown(request);
    }
    await this.requests.fail(request, notSent());
  }

  /** Blocks that were fetched again are no news: the chain has grown over the height. */
  lookAgain({ chainId, nextBlockHeight }: ChainCore): void {
    const session = this.network.session;
    if (!session) return;
    for (const request of this.requests.listOpen()) {
      const { network, status, block } = request;
      if (network !== session.genesisHash || status !== 'unknown') continue;
      if (block?.chainId === chainId && BigInt(block.height) < nextBlockHeight) {
        void this.lookForBlock(session, request).catch(warn);
      }
    }
  }

  /** A block got further: whoever asked for it, or for another one there, hears how that ended. */
  blockChanged(network: string, { chainId, height, hash, state }: BlockNews): void {
    for (const request of this.requests.atBlock(network, chainId, height)) {
      void this.ended(request, state, hash);
    }
  }

  private async ended(
    request: StoredRequest,
    state: ActivityEntry['state'],
    hash: string,
  ): Promise<void> {
    const session = this.network.session;
    if (!session || state === 'proposed' || !request.block || !isOpen(request.status)) return;
    if (request.status === 'committing' && this.asked.isRunning(request, session)) return;
    const command = { $: 'GetCertificate', value: hashFromText(hash) } as const;
    const { value: certificate } = await ask(session.engine, command);
    if (!isOf(request.block, hash, certificate.value)) {
      await this.requests.fail(request, displaced());
    } else {
      const { chainId, height } = request.block;
      const receipt = {
        chainId,
        height: BigInt(height),
        blockHash: hash,
        certificate: toHex(encode('ConfirmedBlockCertificate', certificate)),
      };
      await this.requests.finish(request, resultOf(request, receipt));
    }
    this.events.requestEnded(request);
  }
}

// Its outcome may be another than was expected: it was sent all the same.
const isOf = (signed: SignedBlock, hash: string, block: Block): boolean =>
  signed.hash === hash || signed.proposed === digestOf(block);

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
