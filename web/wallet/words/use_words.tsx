// useWords() and <Say>: how screens and parts get their texts.
import { createContext, createElement, Fragment, useContext, type ReactNode } from 'react';
import type { MessageId, Values } from './catalogue.ts';
import type { Words } from './words.ts';

const Context = createContext<Words | null>(null);

export const WordsProvider = Context.Provider;

export function useWords(): Words {
  const words = useContext(Context);
  if (!words) throw new Error('WordsProvider is missing');
  return words;
}

/** A text with elements in it: names, amounts, links. */
export function Say<Id extends MessageId>({
  id,
  values,
}: {
  id: Id;
  values: Values<Id, ReactNode>;
}): ReactNode {
  const parts = useWords().parts<Id, ReactNode>(id, values as Record<string, ReactNode>);
  return createElement(Fragment, null, ...parts);
}
