// One request of one page: who asks, on which network, and what that site may see there.
import { providerError, type ProviderError } from '@mica/provider';
import type { PageSender } from '../doors/page.ts';
import type { Base } from './base.ts';
import { accountOf, locked, noNetwork, notConnected } from './page_answers.ts';
import { isOpen, type StoredRequest } from './requests.ts';
import { invalid } from './methods/params.ts';
import type { OpenNetwork } from './open_network.ts';
import type { Session } from './session.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { ChainCore } from './views.ts';

/** What of the wallet pages' requests reach. */
export interface PageParts extends Base {
  network: Readonly<OpenNetwork>;
}

/** What a site sees: nothing private while the wallet is locked. */
export function accountsFor({ vault }: Base, session: Session, origin: string): string[] {
  if (!vault.isUnlocked) return [];
  return session.sites.chainsOf(origin).flatMap((chainId) => {
    const chain = session.chains.get(chainId);
    return chain ? [accountOf(chain)] : [];
  });
}

/** A request while its document waits for it. */
export interface DocumentRequest {
  page: PageSender;
  id: string;
}

export class Visit {
  constructor(
    readonly parts: PageParts,
    readonly origin: string,
    private readonly opened: Session | null,
    readonly subscriptions: Subscriptions,
    private readonly called: DocumentRequest | null,
  ) {}

  /** Of what asks no person: that may go on without the document. */
  get call(): DocumentRequest {
    if (!this.called) throw new Error('no document waits for this');
    return this.called;
  }

  get session(): Session {
    if (!this.opened) throw noNetwork();
    return this.opened;
  }
  get isUnlocked(): boolean {
    return this.parts.vault.isUnlocked;
  }

  /** The site sees nothing from now on. */
  disconnect(): Promise<void> {
    return this.session.sites.revoke(this.origin);
  }

  accounts(): string[] {
    return accountsFor(this.parts, this.session, this.origin);
  }
  /** The chains that the person gave it. */
  get granted(): string[] {
    return this.session.sites.chainsOf(this.origin);
  }

  mustBeConnected(): void {
    if (this.granted.length === 0 || !this.parts.vault.hasWallet) throw notConnected();
  }
  mustBeUnlocked(): void {
    if (!this.isUnlocked) throw locked();
  }

  /** The chain a page means: the one it names, or the first it was given. */
  chain(named: string | null): ChainCore {
    const chainId = named ?? this.granted[0] ?? '';
    if (!this.granted.includes(chainId)) throw ofOthers();
    const chain = this.session.chains.get(chainId);
    if (!chain) throw notConnected('That chain is no longer in the wallet.');
    return chain;
  }

  /**
   * For what everybody may know of a chain: one that it was given, or with the person's leave any
   * other. Resolves with its id when it is followed.
   */
  async readable(named: string | null): Promise<string> {
    const chainId = this.mayRead(named);
    if (this.granted.includes(chainId)) return chainId;
    try {
      await this.session.readings.open(this.origin, chainId);
    } finally {
      // The leave may have been taken back meanwhile.
      this.mayRead(chainId);
    }
    return chainId;
  }

  /** Which chain that is; not that it is followed. */
  mayRead(named: string | null): string {
    const chainId = named ?? this.granted[0] ?? '';
    if (this.granted.includes(chainId)) return this.chain(chainId).chainId;
    if (!this.readsOthers) throw ofOthers();
    return chainId;
  }
  get readsOthers(): boolean {
    return this.session.sites.readsOthers(this.origin);
  }

  /** For what is signed. */
  ownChain(named: string | null): ChainCore & { owner: string } {
    const chainId = named ?? this.granted[0] ?? '';
    if (!this.granted.includes(chainId)) throw ofOthers();
    const chain = this.session.chains.get(chainId);
    if (!chain?.owner) return invalid('The wallet does not own that chain.', 'NotOwner');
    return { ...chain, owner: chain.owner };
  }

  /** For a block of it. */
  openChain(named: string | null): ChainCore & { owner: string } {
    const chain = this.ownChain(named);
    const closed = 'That chain is closed: nothing can be sent from it.';
    return chain.closed ? invalid(closed, 'Closed') : chain;
  }

  // Of a request whose site was disconnected nothing is told; how one ended only while unlocked.
  mustHear({ origin, network, chainId, hidden, status }: StoredRequest): void {
    const { opened } = this;
    const unseen =
      opened?.genesisHash === network && chainId !== null
        ? !opened.sites.maySee(origin, chainId)
        : (hidden ?? false);
    if (unseen) throw notConnected();
    if (!isOpen(status)) this.mustBeUnlocked();
  }
}

const ofOthers = (): ProviderError =>
  providerError('unauthorized', 'NotConnected', 'This site was not given that chain.', {
    money: 'Untouched',
  });
