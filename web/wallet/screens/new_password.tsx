import { useState } from 'react';
import { passwordProblem, strengthOf, type Strength } from '../model/phrase.ts';
import { useAction } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { PasswordField } from '../parts/field.tsx';
import { Failure } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';

const words: Record<Strength, string> = {
  short: 'At least 8 characters; longer is better than stranger.',
  weak: 'Weak: make it longer.',
  fair: 'Fair.',
  strong: 'Strong.',
};

export function Meter({ password }: { password: string }) {
  const strength = strengthOf(password);
  return (
    <span className="meter" data-strength={password ? strength : undefined}>
      <i aria-hidden="true" />
      {words[strength]}
    </span>
  );
}

const forgotten = 'It cannot be reset; the phrase can always restore the wallet.';

/** A password, twice. `onPassword` may fail; the failure is shown. */
export function NewPassword({
  step,
  onBack,
  onPassword,
  button,
}: {
  step: string;
  onBack: string | (() => void);
  onPassword(password: string): Promise<unknown>;
  button: string;
}) {
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const { run, busy, failure } = useAction();
  const submit = () => {
    const found = passwordProblem(password, again);
    setProblem(found);
    if (!found) void run(() => onPassword(password));
  };
  return (
    <Page
      id="password"
      title="A password"
      back={onBack}
      lead={`${step}. It protects the wallet on this computer. ${forgotten}`}
      onSubmit={submit}
      foot={
        <Button type="submit" busy={busy} data-testid="password-next">
          {busy ? 'Sealing the keys…' : button}
        </Button>
      }
    >
      <PasswordField
        label="Password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        hint={<Meter password={password} />}
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
