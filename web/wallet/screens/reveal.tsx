import { useState } from 'react';
import { textOf, wipe, wordsOf } from '@mica/wallet-contract/secret';
import { useTyped } from '../model/typed.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { PasswordField } from '../parts/password_field.tsx';
import { PhraseWords } from '../parts/phrase_words.tsx';
import { Say, useWords } from '../words/use_words.tsx';

/** The words leave this component's memory with the screen. */
export function RevealScreen() {
  const { say } = useWords();
  const { keys } = useWallet();
  const password = useTyped();
  const [secret, setSecret] = useState<{ words: string[]; passphrase: string } | null>(null);
  const [shown, setShown] = useState(false);
  const { run, busy, failure } = useAction();
  const reveal = () =>
    void run(async () => {
      try {
        const { phrase, passphrase } = await keys.revealPhrase({
          password: password.take(),
        });
        setSecret({ words: wordsOf(phrase), passphrase: textOf(passphrase) });
        [phrase, passphrase].forEach(wipe);
      } finally {
        password.clear();
      }
    });
  return (
    <Page
      id="reveal"
      back="/settings"
      onSubmit={secret ? undefined : reveal}
      foot={
        !secret && (
          <Button type="submit" busy={busy} disabled={!password.length} data-testid="reveal-phrase">
            {say('reveal.do')}
          </Button>
        )
      }
    >
      <Notice tone="bad" title={say('reveal.warning')}>
        <p>{say('reveal.warningText')}</p>
      </Notice>
      {!secret && (
        <PasswordField
          label={say('password.label')}
          typed={password}
          data-testid="reveal-password"
        />
      )}
      {secret && <PhraseWords words={secret.words} shown={shown} onShow={() => setShown(true)} />}
      {secret?.passphrase && shown && (
        <p>
          <Say id="reveal.passphrase" values={{ passphrase: <code>{secret.passphrase}</code> }} />
        </p>
      )}
      <Failure failure={failure} />
    </Page>
  );
}
