// The pages' documents that listen to events: who is told what.
import { MAX_DOCUMENTS } from '@mica/bindings/limits';
import type { PageSender } from '../doors/page.ts';
import type { Outside } from './outside.ts';

interface Listening {
  page: PageSender;
  /** JSON of the accounts that it was told last. */
  accounts: string;
}

export class Documents {
  private readonly listening = new Map<string, Listening>();

  constructor(private readonly outside: Pick<Outside, 'toPage'>) {}

  add(page: PageSender, accounts: string[]): void {
    this.listening.delete(page.documentId);
    this.listening.set(page.documentId, { page, accounts: JSON.stringify(accounts) });
    for (const oldest of this.listening.keys()) {
      if (this.listening.size <= MAX_DOCUMENTS) break;
      this.listening.delete(oldest);
    }
  }

  remove(documentId: string): void {
    this.listening.delete(documentId);
  }

  pages(): PageSender[] {
    return [...this.listening.values()].map(({ page }) => page);
  }

  /** `origin` null: all of them. */
  emit(origin: string | null, event: string, value: unknown): void {
    const text = JSON.stringify({ kind: 'event', event, value });
    for (const page of this.pages()) {
      if (origin === null || page.origin === origin) this.outside.toPage(page, text);
    }
  }

  /** accountsChanged, to those whose accounts are others than they were told last. */
  tellAccounts(accountsOf: (origin: string) => string[]): void {
    for (const one of this.listening.values()) {
      const value = accountsOf(one.page.origin);
      const accounts = JSON.stringify(value);
      if (accounts === one.accounts) continue;
      one.accounts = accounts;
      const text = JSON.stringify({ kind: 'event', event: 'accountsChanged', value });
      this.outside.toPage(one.page, text);
    }
  }
}
