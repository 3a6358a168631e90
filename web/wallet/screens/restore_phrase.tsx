import { useEffect, useState } from 'react';
import type { Secret } from '../../../js-bindings/src/wallet/api.ts';
import { secretOf } from '../../../js-bindings/src/wallet/secret.ts';
import { go } from '../model/router.ts';
import { useAction, useHost } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Area, Field } from '../parts/field.tsx';
import { Failure } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { NewPasswordScreen } from './new_password.tsx';

const CHECK_AFTER_MS = 250;

interface Checked {
  ok: boolean;
  unknownWords: number[];
  problem: string | null;
}

/** The vault's word on a phrase, shortly after the last key. */
function useCheck(phrase: string): Checked | null {
  const { vault } = useHost();
  const [checked, setChecked] = useState<Checked | null>(null);
  useEffect(() => {
    setChecked(null);
    if (phrase.trim() === '') return;
    let late = false;
    const timer = setTimeout(() => {
      vault.checkPhrase({ phrase: secretOf(phrase) }).then(
        (result) => void (late || setChecked(result)),
        () => undefined,
      );
    }, CHECK_AFTER_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [vault, phrase]);
  return checked;
}

export function RestorePhrase() {
  const { vault } = useHost();
  const [phrase, setPhrase] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [step, setStep] = useState<'phrase' | 'password'>('phrase');
  if (step === 'phrase') {
    return (
      <EnterPhrase
        phrase={phrase}
        onPhrase={setPhrase}
        passphrase={passphrase}
        onPassphrase={setPassphrase}
        onNext={() => setStep('password')}
      />
    );
  }
  const finish = async (password: Secret) => {
    await vault.create({
      phrase: secretOf(phrase),
      passphrase: secretOf(passphrase),
      password,
    });
    go('/find', { replace: true });
  };
  return (
    <NewPasswordScreen
      step="Step 2 of 3"
      onBack={() => setStep('phrase')}
      onPassword={finish}
      button="Restore the wallet"
    />
  );
}

function EnterPhrase(props: {
  phrase: string;
  onPhrase(text: string): void;
  passphrase: string;
  onPassphrase(text: string): void;
  onNext(): void;
}) {
  const { vault } = useHost();
  const { phrase } = props;
  const checked = useCheck(phrase);
  const [asked, setAsked] = useState<string | null>(null);
  const { run, failure } = useAction();
  const words = phrase.trim() === '' ? [] : phrase.trim().split(/\s+/);
  // While typing, only what more typing cannot mend: words not in the list, but the last.
  const unknown = (checked?.unknownWords ?? []).filter((at) => at < words.length - 1);
  const wordAt = (at: number) => `${at + 1}. ${words[at] ?? ''}`;
  const typing = unknown.length
    ? `Not in the list of words: ${unknown.map(wordAt).join(', ')}.`
    : null;
  const submit = () =>
    void run(async () => {
      const result = await vault.checkPhrase({ phrase: secretOf(phrase) });
      setAsked(result.problem);
      if (result.ok) props.onNext();
    });
  return (
    <Page
      id="restore"
      title="Restore from a phrase"
      back="/"
      lead="Step 1 of 3. The words in order, with spaces between them."
      onSubmit={submit}
      foot={
        <Button type="submit" disabled={words.length === 0} data-testid="restore-next">
          Continue
        </Button>
      }
    >
      <Area
        label="Phrase"
        rows={4}
        value={phrase}
        onChange={(text) => {
          setAsked(null);
          props.onPhrase(text);
        }}
        problem={asked ?? typing}
        hint={
          checked?.ok ? (
            <span className="good">These {words.length} words belong together.</span>
          ) : (
            `${words.length} of 12 or 24 words`
          )
        }
        data-testid="restore-words"
      />
      <details>
        <summary>The phrase has an extra passphrase</summary>
        <Field
          label="Passphrase (BIP-39)"
          value={props.passphrase}
          onChange={props.onPassphrase}
          hint="Another passphrase gives another, empty wallet. Leave empty if you never set one."
          data-testid="restore-passphrase"
        />
      </details>
      <Failure failure={failure} />
    </Page>
  );
}
