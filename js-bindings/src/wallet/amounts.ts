// Amounts as people write and read them in windows; attos inside.
import { amountFromText, amountToDisplay } from '../codec/text.ts';

/** "1.5" → 1500000000000000000n; null when it is no plain decimal amount. */
export function parseTokens(text: string): bigint | null {
  if (!/^\d{1,39}(\.\d{1,18})?$/.test(text.trim())) return null;
  try {
    return amountFromText(text);
  } catch {
    return null;
  }
}

/** 1500000000000000000n → "1.5"; no trailing zeros, no point without digits. */
export function formatTokens(attos: bigint): string {
  return attos < 0n ? `-${amountToDisplay(-attos)}` : amountToDisplay(attos);
}
