import { useState } from 'react';
import { passwordProblem } from '../model/phrase.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { PasswordField } from '../parts/field.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Meter } from './new_password.tsx';

export function PasswordScreen() {
  const { keys } = useWallet();
  const [password, setPassword] = useState('');
  const [newPassword, setNew] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  const { run, busy, failure } = useAction();
  const change = async () => {
    const found = passwordProblem(newPassword, again);
    setProblem(found);
    if (found) return;
    if (await run(() => keys.changePassword({ password, newPassword }))) setDone(true);
    for (const clear of [setPassword, setNew, setAgain]) clear('');
  };
  return (
    <Page
      id="change-password"
      title="Change the password"
      back="/settings"
      lead="Backup files that you saved keep the password they were saved with."
      onSubmit={() => void change()}
      foot={
        <Button type="submit" busy={busy} disabled={!password} data-testid="change-password">
          {busy ? 'Sealing the keys…' : 'Change it'}
        </Button>
      }
    >
      {done && (
        <Notice tone="good" title="The password is changed" data-testid="password-changed" />
      )}
      <PasswordField
        label="Password now"
        value={password}
        onChange={(text) => {
          setPassword(text);
          setDone(false);
        }}
        data-testid="old-password"
      />
      <PasswordField
        label="New password"
        value={newPassword}
        onChange={setNew}
        autoComplete="new-password"
        hint={<Meter password={newPassword} />}
        data-testid="new-password"
      />
      <PasswordField
        label="The same again"
        value={again}
        onChange={setAgain}
        autoComplete="new-password"
        problem={problem}
        data-testid="new-password-again"
      />
      <Failure failure={failure} />
    </Page>
  );
}
