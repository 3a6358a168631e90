import { useState } from 'react';
import { enter } from '../model/router.ts';
import { useTyped } from '../model/typed.ts';
import { useAction, useStore, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Check } from '../parts/field.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { PasswordField } from '../parts/password_field.tsx';
import { useWords } from '../words/use_words.tsx';

/** Takes the keys out of this browser, to restore another wallet. */
export function EraseScreen() {
  const { say } = useWords();
  const { keys } = useWallet();
  const store = useStore();
  const password = useTyped();
  const [sure, setSure] = useState(false);
  const [keepFollowed, setKeepFollowed] = useState(false);
  const { run, busy, failure } = useAction();
  const erase = async () => {
    if (await run(() => keys.erase({ password: password.take(), keepFollowed }))) {
      store.dropDrafts();
      enter('/');
    }
    password.clear();
  };
  return (
    <Page
      id="erase"
      back="/settings"
      onSubmit={() => void erase()}
      foot={
        <Button
          type="submit"
          kind="danger"
          busy={busy}
          disabled={!password.length || !sure}
          data-testid="erase"
        >
          {say('erase.do')}
        </Button>
      }
    >
      <Notice tone="bad" title={say('erase.warning')}>
        <p>{say('erase.chains')}</p>
        <p>{say('erase.names')}</p>
      </Notice>
      <Check label={say('erase.sure')} checked={sure} onChange={setSure} data-testid="erase-sure" />
      <Check
        label={say('erase.keepFollowed')}
        checked={keepFollowed}
        onChange={setKeepFollowed}
        data-testid="erase-keep-followed"
      />
      <PasswordField label={say('password.label')} typed={password} data-testid="erase-password" />
      <Failure failure={failure} />
    </Page>
  );
}
