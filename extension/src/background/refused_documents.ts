// Documents whose request the engine aborted on: they are refused until they are loaded again, so
// that no page can keep the engine from running.
import { MAX_DOCUMENTS } from '@mica/bindings/limits';
import { providerCodes } from '@mica/provider';
import type { PageMessage, PageSender } from '../doors/page.ts';

export class RefusedDocuments {
  /** Origins of the documents that spoke last. */
  private readonly seen = new Map<string, string>();
  private readonly refused = new Set<string>();

  /** All documents of that origin so far. */
  refuse(origin: string): void {
    for (const [documentId, from] of this.seen) if (from === origin) this.refused.add(documentId);
  }

  gone(documentId: string): void {
    this.seen.delete(documentId);
    this.refused.delete(documentId);
  }

  /** Null: let it pass. Else what the document gets; "" is nothing. */
  answerTo({ documentId, origin }: PageSender, message: PageMessage): string | null {
    this.seen.delete(documentId);
    this.seen.set(documentId, origin);
    for (const oldest of this.seen.keys()) {
      if (this.seen.size <= MAX_DOCUMENTS) break;
      this.seen.delete(oldest);
    }
    if (!this.refused.has(documentId)) return null;
    if (message.kind !== 'request') return '';
    const error = {
      code: providerCodes.internal,
      message: 'The wallet stopped on what this page asked. Load the page again.',
      data: { reason: 'EngineStopped', money: 'Untouched' },
    };
    return JSON.stringify({ kind: 'answer', id: message.request.id, error });
  }
}
