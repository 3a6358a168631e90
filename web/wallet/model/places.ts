// Routes as a table: a path with named parts, what its screen is called, and the screen.
import type { ReactNode } from 'react';
import type { MessageId } from '../words/catalogue.ts';

export interface Place {
  path: string;
  title: MessageId;
  screen(parts: Record<string, string>): ReactNode;
}

type Names<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** A row; `screen` gets the parts that the path names. */
export function place<const Path extends string>(row: {
  path: Path;
  title: MessageId;
  screen(parts: Record<Names<Path>, string>): ReactNode;
}): Place {
  return row as unknown as Place;
}

function partsOf(pattern: string, path: string[]): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean);
  if (wanted.length !== path.length) return null;
  const parts: Record<string, string> = {};
  for (const [at, name] of wanted.entries()) {
    const here = path[at] ?? '';
    if (name.startsWith(':')) parts[name.slice(1)] = here;
    else if (name !== here) return null;
  }
  return parts;
}

/** The first row that fits, or the first of all. */
export function find(places: readonly Place[], path: string[]) {
  for (const row of places) {
    const parts = partsOf(row.path, path);
    if (parts) return { place: row, parts };
  }
  const [first] = places;
  if (!first) throw new Error('no places');
  return { place: first, parts: {} };
}
