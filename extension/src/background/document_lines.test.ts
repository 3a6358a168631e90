import { describe, expect, it } from 'vitest';
import { DocumentLines, type LineLike } from './document_lines.ts';

function line(sender: LineLike['sender']) {
  const ends: (() => void)[] = [];
  const made = { refused: false, end: () => ends.forEach((end) => end()) };
  const port: LineLike = {
    sender,
    disconnect: () => void (made.refused = true),
    onDisconnect: { addListener: (ended) => void ends.push(ended) },
  };
  return { ...made, port, isRefused: () => made.refused };
}

describe('a document', () => {
  const ours = { id: 'mica', documentId: 'D1' };

  it('is gone with its last line', () => {
    const gone: string[] = [];
    const lines = new DocumentLines((documentId) => gone.push(documentId));
    const [first, second] = [line(ours), line(ours)];
    lines.opened(first.port, 'mica');
    lines.opened(second.port, 'mica');
    first.end();
    expect(gone).toEqual([]);
    second.end();
    expect(gone).toEqual(['D1']);
    const third = line(ours);
    lines.opened(third.port, 'mica');
    third.end();
    expect(gone).toEqual(['D1', 'D1']);
  });

  it('is one that the browser names, of this extension', () => {
    const gone: string[] = [];
    const lines = new DocumentLines((documentId) => gone.push(documentId));
    for (const sender of [undefined, { id: 'other', documentId: 'D1' }, { id: 'mica' }]) {
      const one = line(sender);
      lines.opened(one.port, 'mica');
      one.end();
      expect(one.isRefused()).toBe(true);
    }
    expect(gone).toEqual([]);
  });
});
