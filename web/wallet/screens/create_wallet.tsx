// Three steps: write the phrase down, prove it, choose a password.
import { useCallback, useEffect, useState } from 'react';
import type { Secret, WalletFailure } from '@mica/wallet-contract/api';
import { copyOf, wipe, wordsOf } from '@mica/wallet-contract/secret';
import { enter } from '../model/router.ts';
import { quizPositions, wrongAnswers } from '../model/phrase.ts';
import { failureOf, useHost } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Check, Field } from '../parts/field.tsx';
import { Failure, Notice, Spinner } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { PhraseWords } from '../parts/phrase_words.tsx';
import { NewPasswordScreen } from './new_password.tsx';

type Step = 'phrase' | 'confirm' | 'password';
const QUIZ_WORDS = 3;

export function CreateWallet() {
  const { vault } = useHost();
  const [step, setStep] = useState<Step>('phrase');
  const [count, setCount] = useState<12 | 24>(12);
  const [phrase, setPhrase] = useState<Secret | null>(null);
  const [failure, setFailure] = useState<WalletFailure | null>(null);
  useEffect(() => {
    let gone = false;
    vault.makePhrase({ words: count }).then(
      (made) => (gone ? wipe(made.phrase) : setPhrase(made.phrase)),
      (error: unknown) => void (gone || setFailure(failureOf(error))),
    );
    return () => {
      gone = true;
    };
  }, [vault, count]);
  // When another takes its place, or the screen goes.
  useEffect(() => () => void (phrase && wipe(phrase)), [phrase]);
  const finish = useCallback(
    async (password: Secret) => {
      if (!phrase) return;
      // A copy goes: should it fail, the words are still here.
      await vault.create({ phrase: copyOf(phrase), password });
      enter('/claim');
    },
    [vault, phrase],
  );
  if (failure) return <Failure failure={failure} />;
  if (!phrase) return <Spinner label="Making a phrase" />;
  const words = wordsOf(phrase);
  if (step === 'phrase') {
    return <ShowPhrase words={words} onCount={setCount} onNext={() => setStep('confirm')} />;
  }
  if (step === 'confirm') {
    return (
      <ConfirmWords
        words={words}
        onBack={() => setStep('phrase')}
        onNext={() => setStep('password')}
      />
    );
  }
  return (
    <NewPasswordScreen
      step="Step 3 of 3"
      onBack={() => setStep('confirm')}
      onPassword={finish}
      button="Make the wallet"
    />
  );
}

function ShowPhrase({
  words,
  onCount,
  onNext,
}: {
  words: string[];
  onCount(count: 12 | 24): void;
  onNext(): void;
}) {
  const [shown, setShown] = useState(false);
  const [saved, setSaved] = useState(false);
  const other = words.length === 12 ? 24 : 12;
  return (
    <Page
      id="phrase"
      title="Your phrase"
      back="/"
      lead="Step 1 of 3. Write these words on paper, in this order. They are the wallet."
      onSubmit={onNext}
      foot={
        <Button type="submit" disabled={!saved || !shown} data-testid="phrase-next">
          Continue
        </Button>
      }
    >
      <PhraseWords words={words} shown={shown} onShow={() => setShown(true)} />
      <p className="row">
        <Button kind="plain" onClick={() => onCount(other)} data-testid="phrase-length">
          Use {other} words instead
        </Button>
      </p>
      <Notice tone="wait">
        Whoever knows these words has your money, and nobody can give them back to you. No one from
        Mica will ever ask for them.
      </Notice>
      <Check
        label="I have written the words down"
        checked={saved}
        onChange={setSaved}
        data-testid="phrase-saved"
      />
    </Page>
  );
}

function ConfirmWords({
  words,
  onBack,
  onNext,
}: {
  words: string[];
  onBack(): void;
  onNext(): void;
}) {
  const [positions] = useState(() => quizPositions(words.length, QUIZ_WORDS));
  const [answers, setAnswers] = useState<Record<number, string>>({});
  const [wrong, setWrong] = useState<number[]>([]);
  const check = () => {
    const found = wrongAnswers(words, positions, answers);
    setWrong(found);
    if (found.length === 0) onNext();
  };
  return (
    <Page
      id="confirm"
      title="Check your paper"
      back={onBack}
      lead={`Step 2 of 3. Type ${QUIZ_WORDS} of the words from what you wrote down.`}
      onSubmit={check}
      foot={
        <Button type="submit" data-testid="confirm-next">
          Continue
        </Button>
      }
    >
      {positions.map((at) => (
        <Field
          key={at}
          label={`Word ${at + 1}`}
          value={answers[at] ?? ''}
          onChange={(text) => {
            setAnswers({ ...answers, [at]: text });
            setWrong(wrong.filter((one) => one !== at));
          }}
          problem={wrong.includes(at) ? `This is not word ${at + 1}.` : null}
          data-testid="confirm-word"
          data-position={at + 1}
        />
      ))}
    </Page>
  );
}
