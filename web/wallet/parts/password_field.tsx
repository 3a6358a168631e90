// A password's field, hidden until its eye is pressed.
import { useState } from 'react';
import type { Typed } from '../model/typed.ts';
import { IconButton } from './button.tsx';
import { Field, type FieldProps } from './field.tsx';
import { useWords } from '../words/use_words.tsx';

interface PasswordProps extends Omit<FieldProps, 'value' | 'onChange' | 'ref' | 'type' | 'side'> {
  typed: Typed;
  onChange?(): void;
}

export function PasswordField({ typed, onChange, ...rest }: PasswordProps) {
  const { say } = useWords();
  const [shown, setShown] = useState(false);
  const side = (
    <IconButton
      icon="eye"
      label={shown ? say('password.hide') : say('password.show')}
      aria-pressed={shown}
      onClick={() => setShown(!shown)}
    />
  );
  return (
    <Field
      autoComplete="current-password"
      {...rest}
      ref={typed.ref}
      onChange={() => {
        typed.changed();
        onChange?.();
      }}
      type={shown ? 'text' : 'password'}
      side={side}
    />
  );
}
