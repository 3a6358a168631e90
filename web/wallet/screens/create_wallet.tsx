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
import { useWords } from '../words/use_words.tsx';

type Step = 'phrase' | 'confirm' | 'password';
const QUIZ_WORDS = 3;

export function CreateWallet() {
  const { say } = useWords();
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
  if (!phrase) return <Spinner label={say('create.making')} />;
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
      step={say('create.step')}
      onBack={() => setStep('confirm')}
      onPassword={finish}
      button={say('create.make')}
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
  const { say } = useWords();
  const [shown, setShown] = useState(false);
  const [saved, setSaved] = useState(false);
  const other = words.length === 12 ? 24 : 12;
  return (
    <Page
      id="phrase"
      title={say('create.title')}
      back="/"
      lead={say('create.lead')}
      onSubmit={onNext}
      foot={
        <Button type="submit" disabled={!saved || !shown} data-testid="phrase-next">
          {say('do.continue')}
        </Button>
      }
    >
      <PhraseWords words={words} shown={shown} onShow={() => setShown(true)} />
      <p className="row">
        <Button kind="plain" onClick={() => onCount(other)} data-testid="phrase-length">
          {say('create.length', { words: other })}
        </Button>
      </p>
      <Notice tone="wait">{say('create.warning')}</Notice>
      <Check
        label={say('create.saved')}
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
  const { say } = useWords();
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
      title={say('confirm.title')}
      back={onBack}
      lead={say('confirm.lead', { words: QUIZ_WORDS })}
      onSubmit={check}
      foot={
        <Button type="submit" data-testid="confirm-next">
          {say('do.continue')}
        </Button>
      }
    >
      {positions.map((at) => (
        <Field
          key={at}
          label={say('confirm.word', { position: at + 1 })}
          value={answers[at] ?? ''}
          onChange={(text) => {
            setAnswers({ ...answers, [at]: text });
            setWrong(wrong.filter((one) => one !== at));
          }}
          problem={wrong.includes(at) ? say('confirm.wrong', { position: at + 1 }) : null}
          data-testid="confirm-word"
          data-position={at + 1}
        />
      ))}
    </Page>
  );
}
