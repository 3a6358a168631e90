// A password's field, hidden until its eye is pressed.
import { useState } from 'react';
import type { Typed } from '../model/typed.ts';
import { IconButton } from './button.tsx';
import { Field, type FieldProps } from './field.tsx';

interface PasswordProps extends Omit<FieldProps, 'value' | 'onChange' | 'ref' | 'type' | 'side'> {
  typed: Typed;
  onChange?(): void;
}

export function PasswordField({ typed, onChange, ...rest }: PasswordProps) {
  const [shown, setShown] = useState(false);
  const side = (
    <IconButton
      icon="eye"
      label={shown ? 'Hide the password' : 'Show the password'}
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
