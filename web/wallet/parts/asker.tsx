import { hostOf, isIdn } from '../model/texts.ts';
import { Icon } from './icons.tsx';
import { Notice } from './notice.tsx';
import { Say, useWords } from '../words/use_words.tsx';

export type Asks = 'connect' | 'text' | 'money' | 'block';

/** Who asks: the address that the browser vouches for. */
export function Asker({ origin, asks }: { origin: string | null; asks: Asks }) {
  const { say } = useWords();
  if (origin === null) return null;
  const insecure = origin.startsWith('http:');
  return (
    <>
      <p className="asker" data-testid="approval-origin" data-origin={origin}>
        <Icon name={insecure || isIdn(origin) ? 'warning' : 'globe'} size={18} />
        <span>
          <Say id={`asks.${asks}`} values={{ site: <b title={origin}>{hostOf(origin)}</b> }} />
        </span>
      </p>
      {isIdn(origin) && (
        <Notice tone="bad" title={say('asks.idn')} data-testid="idn">
          <p>{say('asks.idnText')}</p>
        </Notice>
      )}
    </>
  );
}
