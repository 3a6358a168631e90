// The rows of the report and the table that is printed.
export interface Row {
  what: string;
  unit: string;
  ours: number | null;
  /** The same of the installed extension. */
  extension?: number;
  /** null where the published client cannot do it. */
  theirs: number | null;
  /** What has to hold; null: reported only. */
  target: { text: string; reached: boolean } | null;
  /** Why it is missing. */
  missing?: string;
  detail?: unknown;
}

export const median = (values: number[]): number => percentile(values, 0.5);
export function percentile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}
export const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
export const mean = (values: number[]): number => sum(values) / values.length;

const show = (value: number | null, unit: string) => {
  if (value === null) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
};

export function cells(row: Row): string[] {
  const ratio = row.ours !== null && row.theirs ? (row.ours / row.theirs).toFixed(2) : '–';
  return [
    row.what,
    row.missing ? `missing: ${row.missing}` : show(row.ours, row.unit),
    show(row.extension ?? null, row.unit),
    show(row.theirs, row.unit),
    ratio,
    row.target?.text ?? 'reported',
    row.missing ? 'no' : row.target ? (row.target.reached ? 'yes' : 'no') : '–',
  ];
}

const HEAD = ['what', 'Mica', 'extension', 'published client', 'ratio', 'target', 'reached'];

export function table(rows: Row[]): string {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  const text = (line: string[]) => `| ${line.map((c, i) => c.padEnd(widths[i]!)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [text(lines[0]!), rule, ...lines.slice(1).map(text)].join('\n');
}

/** At most `limit` times the published client's. */
export function compared(
  what: string,
  unit: string,
  ours: number,
  theirs: number,
  limit: number,
  text: string,
  detail?: unknown,
): Row {
  return { what, unit, ours, theirs, target: { text, reached: ours <= theirs * limit }, detail };
}
