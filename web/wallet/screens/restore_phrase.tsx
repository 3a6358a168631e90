import { useEffect, useState } from 'react';
import { wakeIn } from '@mica/bindings/wake';
import type { PhraseProblem, Secret, VaultApi } from '@mica/wallet-contract/api';
import { blankSecret, copyOf, phraseWordsOf, wipe } from '@mica/wallet-contract/secret';
import { enter } from '../model/router.ts';
import { useTyped, type Typed } from '../model/typed.ts';
import { useAction, useHost, useStore } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Area } from '../parts/field.tsx';
import { Failure } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { PasswordField } from '../parts/password_field.tsx';
import { NewPasswordScreen } from './new_password.tsx';
import { useWords } from '../words/use_words.tsx';

const CHECK_AFTER_MS = 250;

interface Entered {
  phrase: Secret;
  passphrase: Secret;
}
type Checked = Awaited<ReturnType<VaultApi['checkPhrase']>>;

/** The vault's word on the phrase in the field, shortly after the last key. */
function useCheck({ take }: Typed, words: string[]): Checked | null {
  const { vault } = useHost();
  const [checked, setChecked] = useState<Checked | null>(null);
  useEffect(() => {
    setChecked(null);
    if (words.length === 0) return;
    let late = false;
    const stop = wakeIn(CHECK_AFTER_MS, () => {
      vault.checkPhrase({ phrase: take() }).then(
        (result) => void (late || setChecked(result)),
        () => undefined,
      );
    });
    return () => {
      late = true;
      stop();
    };
  }, [vault, take, words]);
  return checked;
}

interface Replacing {
  /** In place of the locked wallet. */
  replace?: boolean;
  /** Absent: to the start. */
  onBack?(): void;
}

export function RestorePhrase({ replace = false, onBack }: Replacing) {
  const { say } = useWords();
  const { vault } = useHost();
  const store = useStore();
  const [entered, setEntered] = useState<Entered | null>(null);
  const [step, setStep] = useState<'phrase' | 'password'>('phrase');
  // When other words take their place, or the screen goes.
  useEffect(() => () => void (entered && Object.values(entered).forEach(wipe)), [entered]);
  if (step === 'phrase' || !entered) {
    const next = (words: Entered) => {
      setEntered(words);
      setStep('password');
    };
    return <EnterPhrase entered={entered} onNext={next} back={onBack ?? '/'} />;
  }
  const finish = async (password: Secret) => {
    // Copies go: should it fail, the words are still here.
    const { phrase, passphrase } = entered;
    const secrets = { phrase: copyOf(phrase), passphrase: copyOf(passphrase) };
    const again = copyOf(password);
    await vault
      .create({ ...secrets, password, ...(replace && { replace }) })
      .catch((error: unknown) => {
        wipe(again);
        throw error;
      });
    if (replace) store.dropDrafts();
    store.keepForSearch(again);
    enter('/find');
  };
  return (
    <NewPasswordScreen
      step={say('restore.step')}
      onBack={() => setStep('phrase')}
      onPassword={finish}
      button={say('restore.do')}
    />
  );
}

function EnterPhrase({
  entered,
  onNext,
  back,
}: {
  entered: Entered | null;
  onNext(entered: Entered): void;
  back: string | (() => void);
}) {
  const { say } = useWords();
  const { vault } = useHost();
  const phrase = useTyped(entered?.phrase);
  const passphrase = useTyped(entered?.passphrase);
  const [words, setWords] = useState(() => phraseWordsOf(entered?.phrase ?? blankSecret(0)));
  const checked = useCheck(phrase, words);
  const [asked, setAsked] = useState<string | null>(null);
  const { run, failure } = useAction();
  const typed = () => {
    const all = phrase.take();
    phrase.changed();
    setAsked(null);
    setWords(phraseWordsOf(all));
    wipe(all);
  };
  // While typing, only what more typing cannot mend: words not in the list, but the last.
  const unknown = (checked?.unknownWords ?? []).filter((at) => at < words.length - 1);
  const wordAt = (at: number) => `${at + 1}. ${words[at] ?? ''}`;
  const typing = unknown.length
    ? say('restore.unknownWords', { words: unknown.map(wordAt).join(', ') })
    : null;
  const count = words.length;
  const textOf: Record<PhraseProblem, (unknown: number[]) => string> = {
    unknownWords: (all) => say('restore.unknownWords', { words: all.map(wordAt).join(', ') }),
    count: () => say('restore.count', { count }),
    checksum: () => say('restore.checksum'),
  };
  const submit = () =>
    void run(async () => {
      const result = await vault.checkPhrase({ phrase: phrase.take() });
      setAsked(result.problem && textOf[result.problem](result.unknownWords));
      if (result.ok) onNext({ phrase: phrase.take(), passphrase: passphrase.take() });
    });
  return (
    <Page
      id="restore"
      title={say('restore.title')}
      back={back}
      lead={say('restore.lead')}
      onSubmit={submit}
      foot={
        <Button type="submit" disabled={words.length === 0} data-testid="restore-next">
          {say('do.continue')}
        </Button>
      }
    >
      <Area
        label={say('restore.phrase')}
        rows={4}
        ref={phrase.ref}
        onChange={typed}
        problem={asked ?? typing}
        hint={
          checked?.ok ? (
            <span className="good">{say('restore.good', { count })}</span>
          ) : (
            say('restore.soFar', { count })
          )
        }
        data-testid="restore-words"
      />
      <Passphrase typed={passphrase} />
      <Failure failure={failure} />
    </Page>
  );
}

function Passphrase({ typed }: { typed: Typed }) {
  const { say } = useWords();
  return (
    <details>
      <summary>{say('restore.hasPassphrase')}</summary>
      <PasswordField
        label={say('restore.passphrase')}
        typed={typed}
        autoComplete="off"
        hint={say('restore.passphraseHint')}
        data-testid="restore-passphrase"
      />
    </details>
  );
}
