// A new password, typed twice: what every screen that asks for one shows.
import { useState } from 'react';
import type { Secret } from '@mica/wallet-contract/api';
import { passwordProblem, strengthOf, type Strength } from '../model/phrase.ts';
import { useTyped } from '../model/typed.ts';
import { PasswordField } from './password_field.tsx';

const words: Record<Strength, string> = {
  short: 'At least 8 characters; longer is better than stranger.',
  weak: 'Weak: make it longer.',
  fair: 'Fair.',
  strong: 'Strong.',
};

function Meter({ strength }: { strength: Strength | null }) {
  return (
    <span className="meter" data-strength={strength ?? undefined}>
      <i aria-hidden="true" />
      {words[strength ?? 'short']}
    </span>
  );
}

export function useNewPassword() {
  const password = useTyped();
  const again = useTyped();
  const [strength, setStrength] = useState<Strength | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  return {
    password,
    again,
    strength,
    problem,
    judge: () => setStrength(password.text() ? strengthOf(password.text()) : null),
    /** Null, and the problem is shown, unless it is good to use. */
    take(): Secret | null {
      const found = passwordProblem(password.text(), again.text());
      setProblem(found);
      return found ? null : password.take();
    },
    clear() {
      password.clear();
      again.clear();
      setStrength(null);
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
        typed={typed.password}
        onChange={typed.judge}
        autoComplete="new-password"
        hint={<Meter strength={typed.strength} />}
        data-testid={testid}
      />
      <PasswordField
        label="The same again"
        typed={typed.again}
        autoComplete="new-password"
        problem={typed.problem}
        data-testid={`${testid}-again`}
      />
    </>
  );
}
