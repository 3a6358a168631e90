import { useEffect, useRef, type FormEvent, type ReactNode, type RefObject } from 'react';
import { useGo, usePlace } from '../model/router.ts';
import { IconButton } from './button.tsx';
import { useWords } from '../words/use_words.tsx';

/** The window's name; reading begins on its heading, if nothing else has the focus. */
export function useHeading(title: string): RefObject<HTMLHeadingElement | null> {
  const { say } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const inside = heading.current?.closest('.page')?.contains(document.activeElement);
    if (!inside) heading.current?.focus({ preventScroll: true });
    document.title = say('app.window', { screen: title });
  }, [title, say]);
  return heading;
}

// Escape is the way back, but not out of a list of choices or of a composition.
function useEscape(back: (() => void) | null): void {
  const latest = useRef(back);
  useEffect(() => {
    latest.current = back;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
      if (event.target instanceof HTMLSelectElement || !latest.current) return;
      event.preventDefault(); // a popup would close
      latest.current();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}

/** One screen: heading (gets the focus: it is read out), way back, content, buttons below. */
export function Page({
  title: own,
  back,
  lead,
  side,
  children,
  foot,
  onSubmit,
  id,
}: {
  /** Of what is shown; else the title of its route. */
  title?: string;
  back?: string | (() => void);
  lead?: ReactNode;
  side?: ReactNode;
  children?: ReactNode;
  foot?: ReactNode;
  onSubmit?(): void;
  /** data-testid is `screen-<id>`. */
  id: string;
}) {
  const { say } = useWords();
  const go = useGo();
  const place = usePlace();
  const title = own ?? (place ? say(place) : '');
  const heading = useHeading(title);
  useEscape(back === undefined ? null : () => (typeof back === 'string' ? go(back) : back()));
  const body = (
    <>
      <header className="page-head">
        {back !== undefined && (
          <IconButton
            icon="back"
            label={say('do.back')}
            data-testid="back"
            onClick={() => (typeof back === 'string' ? go(back) : back())}
          />
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {side}
      </header>
      {lead && <div className="lead">{lead}</div>}
      <div className="page-body">{children}</div>
      {foot && <div className="page-foot">{foot}</div>}
    </>
  );
  const common = { className: 'page', 'data-testid': `screen-${id}` };
  if (!onSubmit) return <section {...common}>{body}</section>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form {...common} onSubmit={submit} noValidate>
      {body}
    </form>
  );
}

export function Card({
  title,
  side,
  children,
  ...rest
}: {
  title?: ReactNode;
  side?: ReactNode;
  children?: ReactNode;
  'data-testid'?: string;
  'data-owner'?: string;
}) {
  return (
    <section className="card" {...rest}>
      {title && (
        <div className="card-head">
          <h2>{title}</h2>
          {side}
        </div>
      )}
      {children}
    </section>
  );
}

/** Names and values. */
export function Facts({ rows }: { rows: (readonly [name: string, value: ReactNode] | null)[] }) {
  return (
    <dl className="facts">
      {rows.map(
        (row) =>
          row && (
            <div key={row[0]}>
              <dt>{row[0]}</dt>
              <dd>{row[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
