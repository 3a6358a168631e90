import { hostOf, isIdn } from '../model/texts.ts';
import { Icon } from './icons.tsx';
import { Notice } from './notice.tsx';

/** Who asks: the address that the browser vouches for. */
export function Asker({ origin, asks }: { origin: string | null; asks: string }) {
  if (origin === null) return null;
  const insecure = origin.startsWith('http:');
  return (
    <>
      <p className="asker" data-testid="approval-origin" data-origin={origin}>
        <Icon name={insecure || isIdn(origin) ? 'warning' : 'globe'} size={18} />
        <span>
          <b title={origin}>{hostOf(origin)}</b> {asks}
        </span>
      </p>
      {isIdn(origin) && (
        <Notice tone="bad" title="Letters of other alphabets" data-testid="idn">
          <p>
            This address has letters beyond a to z, which can look like those of a site that you
            know. It is shown in the form that cannot imitate one: compare it with what you expect.
          </p>
        </Notice>
      )}
    </>
  );
}
