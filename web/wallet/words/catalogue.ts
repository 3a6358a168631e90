// What a message is called and what it names. English says which ids there are, and by its texts
// which values each takes; every other language has the same ids (words.test.ts: and values).
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type { GetICUArgs } from '@schummar/icu-type-parser';
import type { en } from './en/index.ts';

export type MessageId = keyof typeof en;

/** A language, complete: an id that is missing or too many does not compile. */
export type Texts = Record<MessageId, string>;

export interface Language {
  /** Of texts, for `lang`; with a region where the browser names one: for `Intl`. */
  locale: string;
  /** Numbers and dates, when not by `locale`. */
  formats?: string;
  /** ICU messages; already read where they were made and not written. */
  texts: Record<MessageId, string | MessageFormatElement[]>;
}

/** What the text of `Id` names; a value that it shows as it is may be a `Shown`. */
export type Values<Id extends MessageId, Shown> = GetICUArgs<
  (typeof en)[Id],
  { ICUNumberArgument: number | bigint; ICUArgument: Shown }
>;

/** No second argument where the text names nothing. */
export type Arguments<Id extends MessageId, Shown> = keyof Values<Id, Shown> extends never
  ? []
  : [values: Values<Id, Shown>];
