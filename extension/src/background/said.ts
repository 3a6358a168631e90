// Notices and badges in the person's language.
import type { OutsideWords } from '@mica/web/outside';
import type { Badge, Notice } from '../shared/said.ts';

export function noticeText(
  notice: Notice,
  words: OutsideWords,
): { title: string; message: string } {
  const title = words.say(`outside.${notice.id}`);
  switch (notice.id) {
    case 'moneyCame':
    case 'moneyWaits': {
      const amount = words.amount(notice.amount);
      return { title, message: words.say(`outside.${notice.id}.text`, { amount }) };
    }
    case 'storeLost':
      return { title, message: words.say(`outside.${notice.id}.text`) };
  }
}

export const badgeTitle = ({ says }: Badge, words: OutsideWords): string =>
  words.say(`outside.badge.${says}`);
