import { beforeEach, describe, expect, it } from 'vitest';
import { OpenStreams } from './open_streams.ts';

let now: number;
let ended: string[];
let closed: bigint[];
let streams: OpenStreams;

const stream = (id: bigint) => ({
  close() {
    closed.push(id);
    // As a socket does.
    streams.closed(id, 'closed here');
  },
});

beforeEach(() => {
  now = 0;
  ended = [];
  closed = [];
  streams = new OpenStreams(
    () => now,
    (id, reason) => ended.push(`${id} ${reason}`),
  );
  for (const id of [1n, 2n]) streams.add(id, stream(id));
});

describe('streams', () => {
  it('that say nothing for long are ended once, so that they are opened anew', () => {
    now = 1000;
    streams.heard(2n);
    now = 1500;
    streams.endSilent(1000);
    expect(closed).toEqual([1n]);
    expect(ended).toEqual(['1 silent: opened anew']);
    streams.endSilent(1000);
    expect(ended).toHaveLength(1);
    streams.endSilent(0);
    expect(closed).toEqual([1n, 2n]);
  });

  it('that are closed here end without a word; those closed there say why', () => {
    streams.close(1n);
    expect(closed).toEqual([1n]);
    streams.closed(2n, 'the validator ended the stream');
    expect(ended).toEqual(['2 the validator ended the stream']);
    streams.endSilent(0);
    expect(ended).toHaveLength(1);
  });
});
