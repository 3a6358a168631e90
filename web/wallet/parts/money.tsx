import { formatTokens } from '@mica/wallet-contract/amounts';
import type { Attos } from '@mica/wallet-contract/api';
import { inTokens } from '../model/money.ts';
import { useWords } from '../words/use_words.tsx';

/** Cut for the eye; exact in the title. `data-exact` is for tests. */
export function Money({
  attos,
  sign,
  unit = true,
  whole = false,
  ...rest
}: {
  attos: Attos;
  /** "+" in front of what came in. */
  sign?: boolean;
  unit?: boolean;
  /** All decimals: where one decides by it. */
  whole?: boolean;
  'data-testid'?: string;
}) {
  const { say, amount, exact } = useWords();
  const count = inTokens(attos);
  return (
    <span
      className={whole ? 'money whole' : 'money'}
      title={say('money.exact', { amount: exact(attos), count })}
      data-exact={formatTokens(attos)}
      {...rest}
    >
      {sign && attos > 0n ? '+' : ''}
      {amount(attos, whole ? 18 : 6)}
      {unit && <span className="unit"> {say('money.unit', { count })}</span>}
    </span>
  );
}
