import { useCallback, useEffect, useRef, useState } from 'react';
import type { Approval, WalletFailure } from '@mica/wallet-contract/api';
import { wakeIn } from '@mica/bindings/wake';
import { foreignIn } from '@mica/wallet-contract/foreign_text';
import { watchArming } from './arming.ts';
import { failureOf, useWallet } from './use_wallet.tsx';

const CLOSE_AFTER_MS = 1500;

/** What every window of a request is given. */
export interface ApprovalProps {
  onDone(): void;
  /** The window goes when there is nothing left to say. */
  autoClose?: boolean | undefined;
}

// The text to be signed stays as it is: the window spells it out, the vault signs it.
const asShown = (approval: Approval): Approval =>
  approval.kind === 'text' ? { ...foreignIn(approval), text: approval.text } : foreignIn(approval);

/** Undefined: not read yet. Null: over, and `why`. */
export function useApproval(id: string): {
  approval: Approval | null | undefined;
  why: WalletFailure | null;
} {
  const { wallet } = useWallet();
  const [approval, setApproval] = useState<Approval | null | undefined>(undefined);
  const [why, setWhy] = useState<WalletFailure | null>(null);
  const last = useRef(0);
  const read = useCallback(async () => {
    last.current += 1;
    const turn = last.current;
    const found = await wallet.getApproval({ id }).catch((error: unknown) => {
      setWhy(failureOf(error));
      return null;
    });
    if (turn === last.current) setApproval(found && asShown(found));
  }, [wallet, id]);
  useEffect(() => {
    void read();
    return wallet.on('approval', (news) => void (news.id === id && read()));
  }, [wallet, id, read]);
  return { approval, why };
}

/** True when the same thing has been in sight for a moment, in a window not just raised. */
export function useArmed(key: string): boolean {
  const [armed, setArmed] = useState<string | null>(null);
  useEffect(() => watchArming({ window, document }, (now) => setArmed(now ? key : null)), [key]);
  return armed === key;
}

export function useAutoClose(active: boolean | undefined, onDone: () => void): void {
  useEffect(() => {
    if (active) return wakeIn(CLOSE_AFTER_MS, onDone);
  }, [active, onDone]);
}
