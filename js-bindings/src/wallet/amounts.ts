// Amounts as people write and read them in windows; attos inside.
import { amountFromText, amountToDisplay } from '../codec/text.ts';

/** "1.5" → 1500000000000000000n, also "97." and ".5"; null when it is no plain decimal amount. */
export function parseTokens(text: string): bigint | null {
  const [, whole = '', fraction = ''] = /^(\d{0,39})(?:\.(\d{0,18}))?$/.exec(text.trim()) ?? [];
  if (whole === '' && fraction === '') return null;
  try {
    return amountFromText(`${whole || '0'}.${fraction || '0'}`);
  } catch {
    return null;
  }
}

/** 1500000000000000000n → "1.5"; no trailing zeros, no point without digits. */
export function formatTokens(attos: bigint): string {
  return attos < 0n ? `-${amountToDisplay(-attos)}` : amountToDisplay(attos);
}
