// The strings of one target's JavaScript heap. Bytes are not in a heap snapshot: for those, the
// memory of its process is searched.
import type { Session } from './devtools.ts';
import { findIn, type Needle } from './needles.ts';

interface HeapSearch {
  strings: number;
  finds: string[];
}

export async function searchHeap(
  session: Session,
  needles: readonly Needle[],
): Promise<HeapSearch> {
  const chunks: string[] = [];
  const off = session.on((method, params) => {
    if (method === 'HeapProfiler.addHeapSnapshotChunk') chunks.push(params.chunk as string);
  });
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  off();
  const { strings } = JSON.parse(chunks.join('')) as { strings: string[] };
  const found = findIn(Buffer.from(strings.join('\0')), needles);
  return { strings: strings.length, finds: found.map(({ needle }) => needle) };
}

export interface World {
  id: number;
  name: string;
  origin: string;
}
/** The target's worlds: a page has one more for each content script. */
export async function worldsOf(session: Session): Promise<World[]> {
  const worlds: World[] = [];
  const off = session.on((method, params) => {
    if (method === 'Runtime.executionContextCreated') worlds.push(params.context as World);
  });
  await session.send('Runtime.enable');
  off();
  await session.send('Runtime.disable');
  return worlds;
}
