import { formatTokens } from '@mica/wallet-contract/amounts';
import type { Attos } from '@mica/wallet-contract/api';
import { displayTokens } from '../model/money.ts';

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
  const exact = formatTokens(attos);
  return (
    <span
      className={whole ? 'money whole' : 'money'}
      title={`${exact} tokens`}
      data-exact={exact}
      {...rest}
    >
      {sign && attos > 0n ? '+' : ''}
      {displayTokens(attos, whole ? 18 : 6)}
      {unit && <span className="unit"> tokens</span>}
    </span>
  );
}
