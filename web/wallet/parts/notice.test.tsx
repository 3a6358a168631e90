import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { FailureCode, WalletFailure } from '@mica/wallet-contract/api';
import { unfolded } from '../fake/shown.tsx';
import { failureCodes } from '../model/errors.ts';
import { de } from '../words/de/index.ts';
import { WordsProvider } from '../words/use_words.tsx';
import { Words } from '../words/words.ts';
import { Failure } from './notice.tsx';

const german = new Words({ locale: 'de', texts: de });
const shown = (failure: WalletFailure): string =>
  renderToStaticMarkup(
    <WordsProvider value={german}>
      <Failure failure={failure} />
    </WordsProvider>,
  );
const unfoldedOf = (failure: WalletFailure): string => unfolded(shown(failure));

it.each(failureCodes)('%s is said in the window’s words; its message lies folded', (code) => {
  const failure = { code, message: 'the log has it in English' };
  expect(shown(failure)).toContain(failure.message);
  expect(unfoldedOf(failure)).not.toContain(failure.message);
  expect(unfoldedOf(failure)).toContain(de[`failure.${code}`]);
});

it('so is a code that a newer engine has', () => {
  const failure = { code: 'OfLater' as FailureCode, message: 'the log has it in English' };
  expect(unfoldedOf(failure)).toContain(de['failure.Internal']);
  expect(unfoldedOf(failure)).not.toContain(failure.message);
});
