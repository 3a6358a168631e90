// A password's field. The browser shows dots that stand for nothing: each key is taken before it
// gets into the field, whose text would stay behind in the browser's memory.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { edited, shownText, typedOf, type Typed } from '../model/typed.ts';
import { IconButton } from './button.tsx';
import { Field, type FieldProps } from './field.tsx';

const DOT = '•';

interface PasswordProps extends Omit<FieldProps, 'value' | 'onChange'> {
  value: Typed;
  onChange(value: Typed): void;
}

// What an edit replaces; null for one that changes nothing here (Enter, undo).
function replaced(input: HTMLInputElement, kind: string, length: number): [number, number] | null {
  const start = input.selectionStart ?? length;
  const end = input.selectionEnd ?? length;
  if (kind.startsWith('insert')) return kind.endsWith('Break') ? null : [start, end];
  if (!kind.startsWith('delete')) return null;
  if (start < end) return [start, end];
  const one = kind.startsWith('deleteContent');
  return kind.endsWith('Forward')
    ? [start, one ? Math.min(start + 1, length) : length]
    : [one ? Math.max(start - 1, 0) : 0, start];
}

const textOf = (event: InputEvent): string =>
  (event.data ?? event.dataTransfer?.getData('text/plain') ?? '').replace(/[\r\n]/g, '');

export function PasswordField({ value, onChange, ...rest }: PasswordProps) {
  const [shown, setShown] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const caret = useRef<number | null>(null);
  const text = shown ? shownText(value) : DOT.repeat(value.length);
  useEffect(() => {
    const element = input.current;
    const take = (event: InputEvent) => {
      if (!event.cancelable || event.inputType === 'insertLineBreak') return;
      event.preventDefault();
      const range = element && replaced(element, event.inputType, value.length);
      if (!range) return;
      const next = edited(value, ...range, textOf(event));
      caret.current = range[1] + next.length - value.length;
      onChange(next);
    };
    element?.addEventListener('beforeinput', take);
    return () => element?.removeEventListener('beforeinput', take);
  }, [value, onChange]);
  useLayoutEffect(() => {
    if (caret.current !== null) input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
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
      ref={input}
      value={text}
      // What comes past the keys, as from a password manager.
      onChange={(filled) => onChange(typedOf(filled))}
      type={shown ? 'text' : 'password'}
      side={side}
    />
  );
}
