// What pages are told unasked (docs/provider.md, Events).
import { balanceJson } from './page_answers.ts';
import { Documents } from './documents.ts';
import { requestJson, type StoredRequest } from './requests.ts';
import type { ChainCore } from './views.ts';
import { accountsFor, type PageParts } from './visit.ts';

export class PageEvents {
  readonly documents: Documents;

  constructor(private readonly parts: PageParts) {
    this.documents = new Documents(parts.outside);
  }

  /** `origin` null: to everybody. */
  emit(origin: string | null, event: string, value: unknown): void {
    this.documents.emit(origin, event, value);
  }

  accountsChanged(): void {
    const { session } = this.parts.network;
    if (session) this.documents.tellAccounts((origin) => accountsFor(this.parts, session, origin));
  }

  balanceChanged(chain: ChainCore): void {
    const { vault, network } = this.parts;
    const { session } = network;
    if (!session || !vault.isUnlocked) return;
    for (const { origin, chainIds } of session.sites.list()) {
      if (chainIds.includes(chain.chainId)) this.emit(origin, 'balanceChanged', balanceJson(chain));
    }
  }

  requestEnded(request: StoredRequest): void {
    const data = requestJson(request);
    this.emit(request.origin, 'message', { type: 'linera_request', data });
  }
}
