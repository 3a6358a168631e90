// The window's words in one language: messages, numbers, amounts, dates and times.
import { IntlMessageFormat } from 'intl-messageformat';
import { formatTokens } from '@mica/wallet-contract/amounts';
import type { Attos } from '@mica/wallet-contract/api';
import type { Arguments, Language, MessageId } from './catalogue.ts';
import { oneLine } from './one_line.ts';

export type Plain = string | number | bigint;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Between thousands: nobody takes it for a decimal sign, in any language. */
const GROUP = '\u2009';

export class Words {
  readonly locale: string;
  private readonly messages = new Map<MessageId, IntlMessageFormat>();
  private readonly formats: string;
  readonly decimalSign: string;
  private readonly dates: Intl.DateTimeFormat;
  private readonly relative: Intl.RelativeTimeFormat;

  constructor(private readonly language: Language) {
    this.locale = language.locale;
    this.formats = language.formats ?? language.locale;
    const parts = new Intl.NumberFormat(this.formats).formatToParts(1.5);
    this.decimalSign = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
    this.dates = new Intl.DateTimeFormat(this.formats, { dateStyle: 'medium', timeStyle: 'short' });
    this.relative = new Intl.RelativeTimeFormat(this.formats, { numeric: 'auto', style: 'short' });
  }

  readonly say = <Id extends MessageId>(id: Id, ...[values]: Arguments<Id, Plain>): string =>
    String(this.message(id).format(values as Record<string, Plain>));

  /** Text and, between, what `values` hold that is none. */
  readonly parts = <Id extends MessageId, Shown>(
    id: Id,
    values: Record<string, Shown | Plain>,
  ): (string | Shown)[] => {
    const found = this.message(id).format<Shown>(values);
    return Array.isArray(found) ? found : [found];
  };

  private message(id: MessageId): IntlMessageFormat {
    const known = this.messages.get(id);
    if (known) return known;
    const text = this.language.texts[id];
    const message = typeof text === 'string' ? oneLine(text) : text;
    const made = new IntlMessageFormat(message, this.formats, undefined, { ignoreTag: true });
    this.messages.set(id, made);
    return made;
  }

  // --- amounts --------------------------------------------------------------------------------

  /** Exact, without groups: as one would type it. */
  readonly exact = (attos: Attos): string => formatTokens(attos).replace('.', this.decimalSign);

  /** Cut, never rounded up, for headings; the exact text goes into a title. */
  readonly amount = (attos: Attos, decimals = 6): string => {
    const [whole = '0', fraction = ''] = formatTokens(attos < 0n ? -attos : attos).split('.');
    const short = fraction.slice(0, decimals).replace(/0+$/, '');
    // What is there must not look like nothing.
    const shown = whole === '0' && short === '' ? fraction : short;
    const digits = new Intl.NumberFormat(this.formats, {
      minimumFractionDigits: shown.length,
      maximumFractionDigits: shown.length,
      useGrouping: 'always',
    });
    const text = digits
      .formatToParts(`${whole}.${shown || '0'}` as unknown as number)
      .map(({ type, value }) => (type === 'group' ? GROUP : value))
      .join('');
    return attos < 0n ? `−${text}` : text;
  };

  // --- numbers and times ----------------------------------------------------------------------

  readonly number = (value: number | bigint): string =>
    new Intl.NumberFormat(this.formats).format(value);

  readonly bytes = (value: number): string => {
    const kilo = value >= 10_000;
    const unit = kilo ? 'kilobyte' : 'byte';
    return this.unit(kilo ? Math.round(value / 1000) : value, unit, kilo ? 'short' : 'long');
  };

  /** "Mar 1, 2026, 2:05 PM", in local time. */
  readonly time = (time: number): string => this.dates.format(time);

  readonly timeAgo = (time: number, now: number): string => {
    const past = now - time;
    if (past < MINUTE) return this.relative.format(0, 'second');
    if (past < HOUR) return this.relative.format(-Math.floor(past / MINUTE), 'minute');
    if (past < DAY) return this.relative.format(-Math.floor(past / HOUR), 'hour');
    return new Intl.DateTimeFormat(this.formats, { dateStyle: 'medium' }).format(time);
  };

  /** How long to wait: "40 sec", "3 min". */
  readonly wait = (ms: number): string => {
    const seconds = Math.max(1, Math.ceil(ms / SECOND));
    if (seconds < 90) return this.unit(seconds, 'second', 'short');
    return this.unit(Math.ceil(seconds / 60), 'minute', 'short');
  };

  /** "40 seconds", "12 minutes", "3 hours", "400 days": about. */
  readonly span = (ms: number): string => {
    if (ms < MINUTE) return this.unit(Math.round(ms / SECOND), 'second', 'long');
    if (ms < 1.5 * HOUR) return this.unit(Math.round(ms / MINUTE), 'minute', 'long');
    if (ms < 2 * DAY) return this.unit(Math.round(ms / HOUR), 'hour', 'long');
    return this.unit(Math.round(ms / DAY), 'day', 'long');
  };

  readonly minutes = (value: number): string => this.unit(value, 'minute', 'long');

  readonly list = (texts: string[]): string =>
    new Intl.ListFormat(this.formats, { type: 'unit', style: 'short' }).format(texts);

  private unit(value: number, unit: string, unitDisplay: 'short' | 'long'): string {
    return new Intl.NumberFormat(this.formats, { style: 'unit', unit, unitDisplay }).format(value);
  }
}
