import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

type Native = ButtonHTMLAttributes<HTMLButtonElement>;

interface ButtonProps extends Native {
  kind?: 'main' | 'quiet' | 'plain' | 'danger';
  icon?: IconName;
  busy?: boolean;
  children?: ReactNode;
  'data-testid'?: string;
}

export function Button({ kind = 'main', icon, busy, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`button ${kind}`}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A sign without words beside it: `label` speaks. */
export function IconButton({
  icon,
  label,
  ...rest
}: Native & { icon: IconName; label: string; 'data-testid'?: string }) {
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
