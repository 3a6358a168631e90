// English made strange: bracketed, accented and a third longer, so that a text which is not in the
// catalogue, or does not fit its place, is seen. For previews and tests.
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type { Language, MessageId } from './catalogue.ts';
import { en } from './en/index.ts';
import { oneLine } from './one_line.ts';

export const OPEN = '⟦';
export const CLOSE = '⟧';
/** Around what a text was given: Unicode's isolates, which are not seen. */
export const VALUE = '\u2068';
export const VALUE_END = '\u2069';

const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const accented = [...'åƀçđéƒĝĥîĵķļɱñöþɋřšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŘŠŢÛṼŴẊÝŽ'];

const strange = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => accented[plain.indexOf(letter)] ?? letter);

const literal = (value: string): MessageFormatElement => ({ type: TYPE.literal, value });

function changed(element: MessageFormatElement): MessageFormatElement[] {
  switch (element.type) {
    case TYPE.literal:
      return [literal(strange(element.value))];
    case TYPE.select:
    case TYPE.plural: {
      const options = Object.entries(element.options).map(([name, option]) => [
        name,
        { ...option, value: option.value.flatMap(changed) },
      ]);
      return [{ ...element, options: Object.fromEntries(options) } as MessageFormatElement];
    }
    case TYPE.argument:
      return [literal(VALUE), element, literal(VALUE_END)];
    default:
      return [element];
  }
}

function pseudo(text: string): MessageFormatElement[] {
  const elements = parse(oneLine(text), { ignoreTag: true }).flatMap(changed);
  return [literal(OPEN), ...elements, literal(`${tail(elements)}${CLOSE}`)];
}

/** The literal characters of the longest way through a text. */
function shown(elements: readonly MessageFormatElement[]): number {
  return elements.reduce((sum, one) => {
    if (one.type === TYPE.literal) return sum + one.value.length;
    if (one.type !== TYPE.select && one.type !== TYPE.plural) return sum;
    return sum + Math.max(...Object.values(one.options).map(({ value }) => shown(value)));
  }, 0);
}

/** A third more, in words that may be broken where words may. */
function tail(elements: readonly MessageFormatElement[]): string {
  const marks = Math.ceil(shown(elements) / 3);
  return ` ~~~~~`.repeat(Math.ceil(marks / 5)).slice(0, marks + Math.ceil(marks / 5));
}

/** Numbers and dates as in Russian: nobody takes its letters for English. */
export const pseudoLanguage = (): Language => ({
  locale: 'en-XA',
  formats: 'ru',
  texts: Object.fromEntries(Object.entries(en).map(([id, text]) => [id, pseudo(text)])) as Record<
    MessageId,
    MessageFormatElement[]
  >,
});
