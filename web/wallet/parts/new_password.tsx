// A new password, typed twice: what every screen that asks for one shows.
import { useState } from 'react';
import type { Secret } from '../../../js-bindings/src/wallet/api.ts';
import { passwordProblem, strengthOf, type Strength } from '../model/phrase.ts';
import { secretOfTyped, useTyped, type Typed } from '../model/typed.ts';
import { PasswordField } from './password_field.tsx';

const words: Record<Strength, string> = {
  short: 'At least 8 characters; longer is better than stranger.',
  weak: 'Weak: make it longer.',
  fair: 'Fair.',
  strong: 'Strong.',
};

function Meter({ password }: { password: Typed }) {
  const strength = strengthOf(password);
  return (
    <span className="meter" data-strength={password.length ? strength : undefined}>
      <i aria-hidden="true" />
      {words[strength]}
    </span>
  );
}

export function useNewPassword() {
  const [password, setPassword, clearPassword] = useTyped();
  const [again, setAgain, clearAgain] = useTyped();
  const [problem, setProblem] = useState<string | null>(null);
  return {
    password,
    setPassword,
    again,
    setAgain,
    problem,
    /** Null, and the problem is shown, unless it is good to use. */
    take(): Secret | null {
      const found = passwordProblem(password, again);
      setProblem(found);
      return found ? null : secretOfTyped(password);
    },
    clear() {
      clearPassword();
      clearAgain();
    },
  };
}

export function NewPassword({
  typed,
  label = 'Password',
  testid = 'new-password',
}: {
  typed: ReturnType<typeof useNewPassword>;
  label?: string;
  testid?: string;
}) {
  return (
    <>
      <PasswordField
        label={label}
        value={typed.password}
        onChange={typed.setPassword}
        autoComplete="new-password"
        hint={<Meter password={typed.password} />}
        data-testid={testid}
      />
      <PasswordField
        label="The same again"
        value={typed.again}
        onChange={typed.setAgain}
        autoComplete="new-password"
        problem={typed.problem}
        data-testid={`${testid}-again`}
      />
    </>
  );
}
