// A new password, typed twice: what every screen that asks for one shows.
import { useState } from 'react';
import type { Secret } from '@mica/wallet-contract/api';
import { MIN_PASSWORD_CHARS } from '@mica/wallet-contract/secret';
import { passwordProblem, strengthOf, type Needed, type Strength } from '../model/password.ts';
import { useTyped } from '../model/typed.ts';
import { PasswordField } from './password_field.tsx';
import { useWords } from '../words/use_words.tsx';

function Meter({ strength }: { strength: Strength | null }) {
  const { say } = useWords();
  return (
    <span className="meter" data-strength={strength ?? undefined}>
      <i aria-hidden="true" />
      {strength === null || strength === 'short'
        ? say('password.short', { least: MIN_PASSWORD_CHARS })
        : say(`password.${strength}`)}
    </span>
  );
}

export function useNewPassword(needed: Needed = 'weak') {
  const words = useWords();
  const password = useTyped();
  const again = useTyped();
  const [strength, setStrength] = useState<Strength | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  return {
    password,
    again,
    strength,
    problem,
    async judge() {
      const judged = password.text();
      const found = judged ? await strengthOf(judged) : null;
      // Unless more was typed meanwhile.
      if (password.text() === judged) setStrength(found);
    },
    /** Null, and the problem is shown, unless it is good to use. */
    async take(): Promise<Secret | null> {
      const found = await passwordProblem(password.text(), again.text(), words, needed);
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
  label,
  testid = 'new-password',
}: {
  typed: ReturnType<typeof useNewPassword>;
  label?: string;
  testid?: string;
}) {
  const { say } = useWords();
  return (
    <>
      <PasswordField
        label={label ?? say('password.label')}
        typed={typed.password}
        onChange={() => void typed.judge()}
        autoComplete="new-password"
        hint={<Meter strength={typed.strength} />}
        data-testid={testid}
      />
      <PasswordField
        label={say('password.again')}
        typed={typed.again}
        autoComplete="new-password"
        problem={typed.problem}
        data-testid={`${testid}-again`}
      />
    </>
  );
}
