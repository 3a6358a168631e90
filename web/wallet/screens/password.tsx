import { useState } from 'react';
import { useTyped } from '../model/typed.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { NewPassword, useNewPassword } from '../parts/new_password.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { PasswordField } from '../parts/password_field.tsx';
import { useWords } from '../words/use_words.tsx';

export function PasswordScreen() {
  const { say } = useWords();
  const { keys } = useWallet();
  const password = useTyped();
  const typed = useNewPassword();
  const [done, setDone] = useState(false);
  const { run, busy, failure } = useAction();
  const change = async () => {
    await run(async () => {
      const newPassword = await typed.take();
      if (newPassword === null) return;
      try {
        await keys.changePassword({ password: password.take(), newPassword });
        setDone(true);
      } finally {
        password.clear();
        typed.clear();
      }
    });
  };
  return (
    <Page
      id="change-password"
      back="/settings"
      lead={say('changePassword.lead')}
      onSubmit={() => void change()}
      foot={
        <Button type="submit" busy={busy} disabled={!password.length} data-testid="change-password">
          {busy ? say('newPassword.busy') : say('changePassword.do')}
        </Button>
      }
    >
      {done && (
        <Notice tone="good" title={say('changePassword.done')} data-testid="password-changed" />
      )}
      <PasswordField
        label={say('changePassword.now')}
        typed={password}
        onChange={() => setDone(false)}
        data-testid="old-password"
      />
      <NewPassword typed={typed} label={say('changePassword.new')} />
      <Failure failure={failure} />
    </Page>
  );
}
