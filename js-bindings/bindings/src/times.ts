const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** "40 seconds", "12 minutes", "about 3 hours", "about 400 days". */
export function aboutTime(ms: number): string {
  if (ms < MINUTE) return `${Math.round(ms / 1000)} seconds`;
  if (ms < 1.5 * HOUR) return `${Math.round(ms / MINUTE)} minutes`;
  if (ms < 48 * HOUR) return `about ${Math.round(ms / HOUR)} hours`;
  return `about ${Math.round(ms / (24 * HOUR))} days`;
}
