import { hostOf } from '../model/texts.ts';
import { Icon } from './icons.tsx';

/** Who asks: the address that the browser vouches for. */
export function Asker({ origin, asks }: { origin: string | null; asks: string }) {
  if (origin === null) return null;
  const insecure = origin.startsWith('http:');
  return (
    <p className="asker" data-testid="approval-origin" data-origin={origin}>
      <Icon name={insecure ? 'warning' : 'globe'} size={18} />
      <span>
        <b title={origin}>{hostOf(origin)}</b> {asks}
      </span>
    </p>
  );
}
