// Which documents of pages are there, by the lines that their content scripts hold: the browser
// ends a document's lines with it, also when it crashed.

/** The parts of chrome.runtime.Port that are looked at. */
export interface LineLike {
  sender?: { id?: string; documentId?: string };
  disconnect(): void;
  onDisconnect: { addListener(ended: () => void): void };
}

export class DocumentLines {
  /** A document has two while it puts one in the place of the other. */
  private readonly open = new Map<string, number>();

  constructor(private readonly gone: (documentId: string) => void) {}

  opened(line: LineLike, extensionId: string): void {
    const { id, documentId } = line.sender ?? {};
    if (id !== extensionId || !documentId) return line.disconnect();
    this.open.set(documentId, (this.open.get(documentId) ?? 0) + 1);
    line.onDisconnect.addListener(() => {
      const left = (this.open.get(documentId) ?? 1) - 1;
      if (left > 0) return void this.open.set(documentId, left);
      this.open.delete(documentId);
      this.gone(documentId);
    });
  }
}
