import { chainName } from '../model/texts.ts';
import { totalOf } from '../model/money.ts';
import { useWallet } from '../model/use_wallet.tsx';
import { Check } from './field.tsx';
import { Hash } from './hash.tsx';
import { Mark } from './icons.tsx';
import { Money } from './money.tsx';

export function ChainChecks({
  title,
  chosen,
  onChange,
  testid,
}: {
  title: string;
  chosen: string[];
  onChange(chainIds: string[]): void;
  testid: string;
}) {
  const { state } = useWallet();
  const toggle = (id: string, on: boolean) =>
    onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id));
  return (
    <fieldset className="card checks">
      <legend>{title}</legend>
      {state.chains.map((chain) => (
        <Check
          key={chain.chainId}
          checked={chosen.includes(chain.chainId)}
          onChange={(on) => toggle(chain.chainId, on)}
          label={
            <span className="check-chain">
              <Mark id={chain.chainId} size={26} />
              <span>
                {chainName(chain)} <Hash id={chain.chainId} copy={false} what="chain" />
              </span>
            </span>
          }
          hint={<Money attos={totalOf(chain)} />}
          data-testid={testid}
          data-chain={chain.chainId}
        />
      ))}
    </fieldset>
  );
}
