// What is known of a typed recipient: at once by its text, a little later from validators.
import { useEffect, useState } from 'react';
import { parseAddress } from '@mica/wallet-contract/addresses';
import type { RecipientCheck } from '@mica/wallet-contract/api';
import { useWallet } from './use_wallet.tsx';

const CHECK_AFTER_MS = 350;

export interface Recipient {
  problem: string | null;
  /** Null while nobody has answered. */
  check: RecipientCheck | null;
  asking: boolean;
}

export function useRecipient(text: string): Recipient {
  const { wallet } = useWallet();
  const [answer, setAnswer] = useState<{ text: string; check: RecipientCheck | null } | null>(null);
  const parsed = parseAddress(text);
  const valid = 'account' in parsed;
  useEffect(() => {
    if (!valid) return;
    let late = false;
    const timer = setTimeout(() => {
      wallet.checkRecipient({ text }).then(
        (check) => void (late || setAnswer({ text, check })),
        () => void (late || setAnswer({ text, check: null })),
      );
    }, CHECK_AFTER_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [wallet, text, valid]);
  const current = answer?.text === text ? answer : null;
  return {
    problem: 'problem' in parsed ? parsed.problem : (current?.check?.problem ?? null),
    check: valid ? (current?.check ?? null) : null,
    asking: valid && !current,
  };
}
