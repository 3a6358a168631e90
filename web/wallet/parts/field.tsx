import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react';

export interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  label: string;
  /** Absent: the browser keeps the text (model/typed.ts). */
  value?: string;
  onChange(value: string): void;
  hint?: ReactNode;
  problem?: string | null;
  /** Beside the input: Max, Show. */
  side?: ReactNode;
  ref?: Ref<HTMLInputElement>;
  'data-testid'?: string;
}

const described = (...ids: (string | false)[]) => ids.filter(Boolean).join(' ') || undefined;

export function Field({ label, value, onChange, hint, problem, side, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className="field" data-bad={problem ? '' : undefined}>
      <label htmlFor={id}>{label}</label>
      <div className="field-row">
        <input
          id={id}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          aria-invalid={problem ? true : undefined}
          aria-describedby={described(!!problem && `${id}-problem`, !!hint && `${id}-hint`)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...rest}
        />
        {side}
      </div>
      {problem && (
        <p className="problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface AreaProps {
  label: string;
  value?: string;
  ref?: Ref<HTMLTextAreaElement>;
  onChange(value: string): void;
  hint?: ReactNode;
  problem?: string | null;
  rows?: number;
  mono?: boolean;
  placeholder?: string;
  'data-testid'?: string;
}

export function Area({
  label,
  value,
  onChange,
  hint,
  problem,
  rows = 3,
  mono,
  ...rest
}: AreaProps) {
  const id = useId();
  return (
    <div className="field" data-bad={problem ? '' : undefined}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className={mono ? 'mono' : undefined}
        rows={rows}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        aria-invalid={problem ? true : undefined}
        aria-describedby={described(!!problem && `${id}-problem`, !!hint && `${id}-hint`)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...rest}
      />
      {problem && (
        <p className="problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

export function Check({
  label,
  checked,
  onChange,
  hint,
  ...rest
}: {
  label: ReactNode;
  checked: boolean;
  onChange(checked: boolean): void;
  hint?: ReactNode;
  disabled?: boolean;
  'data-testid'?: string;
  'data-chain'?: string;
}) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        {...rest}
      />
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  );
}

export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
  ...rest
}: {
  label: string;
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  onChange(value: T): void;
  'data-testid'?: string;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => onChange(target.value as T)}
        {...rest}
      >
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
