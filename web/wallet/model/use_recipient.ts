// What is known of a typed recipient: at once by its text, a little later from validators.
import { useEffect, useState } from 'react';
import { wakeIn } from '@mica/bindings/wake';
import { parseAddress } from '@mica/wallet-contract/addresses';
import type { RecipientCheck } from '@mica/wallet-contract/api';
import { useWords } from '../words/use_words.tsx';
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
  const { say } = useWords();
  const parsed = parseAddress(text);
  const valid = 'account' in parsed;
  useEffect(() => {
    if (!valid) return;
    let late = false;
    const stop = wakeIn(CHECK_AFTER_MS, () => {
      wallet.checkRecipient({ text }).then(
        (check) => void (late || setAnswer({ text, check })),
        () => void (late || setAnswer({ text, check: null })),
      );
    });
    return () => {
      late = true;
      stop();
    };
  }, [wallet, text, valid]);
  const current = answer?.text === text ? answer : null;
  const check = valid ? (current?.check ?? null) : null;
  const problem = valid ? check?.problem : parsed.problem;
  return {
    problem: problem ? say(`address.${problem}`) : null,
    check,
    asking: valid && !current,
  };
}
