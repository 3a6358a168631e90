// What was typed into a form outlives its screen: a lock, a reload, a popup that closes.
import { useState } from 'react';
import { useStore } from './use_wallet.tsx';

export interface TypedForm<T> {
  value: T;
  change(part: Partial<T>): void;
  /** The form has served. */
  drop(): void;
}

/** `name` says which form, and of which network or chain. No secrets: it is stored. */
export function useDraft<T extends object>(name: string, blank: T): TypedForm<T> {
  const store = useStore();
  const [value, setValue] = useState<T>(() => ({
    ...blank,
    ...(store.get().drafts?.get(name) as Partial<T> | undefined),
  }));
  return {
    value,
    change(part) {
      const next = { ...value, ...part };
      setValue(next);
      store.keepDraft(name, next);
    },
    drop: () => store.keepDraft(name, null),
  };
}

export const sendDraft = (networkId: string, chainId: string): string =>
  `send/${networkId}/${chainId}`;
