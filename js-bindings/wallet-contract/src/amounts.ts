// Amounts as people and pages write them and windows show them; attos inside.
import { amountFromText, amountToDisplay } from '@mica/bindings/text';

/** "1.5", "97." or ".5" → attos; null when it is no plain decimal amount. Spaces around are cut. */
export function parseTokens(text: string): bigint | null {
  const bare = text.replace(/^ +| +$/g, '');
  if (!/^(\d{1,39}(\.\d{0,18})?|\.\d{1,18})$/.test(bare)) return null;
  try {
    return amountFromText(bare);
  } catch {
    return null;
  }
}

/** 1500000000000000000n → "1.5"; no trailing zeros, no point without digits. */
export function formatTokens(attos: bigint): string {
  return attos < 0n ? `-${amountToDisplay(-attos)}` : amountToDisplay(attos);
}
