// The window's words in English, whatever the browser speaks.
import { en } from '../words/en/index.ts';
import { Words } from '../words/words.ts';

export const english = new Words({ locale: 'en', texts: en });
