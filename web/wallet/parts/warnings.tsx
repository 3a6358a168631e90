// What must be seen before yes: warnings by their codes, and operations that move control.
import type { ReactNode } from 'react';
import { CHAIN_OWNER, shorten } from '@mica/wallet-contract/addresses';
import type { WarningCode, WarningParams } from '@mica/wallet-contract/api';
import { foreignText } from '@mica/wallet-contract/foreign_text';
import { controlsOf, warningName, type BlockApproval } from '../model/approval.ts';
import { useWords } from '../words/use_words.tsx';
import type { Words } from '../words/words.ts';
import { Check } from './field.tsx';
import { Notice } from './notice.tsx';

const id = (text: string): string => shorten(foreignText(text));

/** A code that is forgotten does not compile. */
const texts: { [Code in WarningCode]: (params: WarningParams[Code], words: Words) => string } = {
  UnknownRecipient: ({ chainId }, { say }) =>
    say('warning.UnknownRecipient', { chain: id(chainId) }),
  RecipientUnchecked: ({ chainId }, { say }) =>
    say('warning.RecipientUnchecked', { chain: id(chainId) }),
  EffectsChanged: ({ balances }, { say, amount }) => {
    const [only, ...more] = balances;
    return only && more.length === 0
      ? say('warning.EffectsChanged.before', { before: amount(only.before, 18) })
      : say('warning.EffectsChanged');
  },
  FirstTime: ({ blocks }, { say }) =>
    blocks === undefined ? say('warning.FirstTime') : say('warning.FirstTime.blocks', { blocks }),
  LookAlike: ({ knownChainId, knownOwner }, { say }) =>
    say('warning.LookAlike', { known: id(knownOwner === CHAIN_OWNER ? knownChainId : knownOwner) }),
};

// The code and its parameters belong together by the warning's type; this says so once.
const textOf = <Code extends WarningCode>(code: Code, params: WarningParams[Code], words: Words) =>
  texts[code](params, words);

interface Ticks {
  ticked: ReadonlySet<string>;
  onTick(name: string, on: boolean): void;
}

export function Warnings({ approval, ...ticks }: { approval: BlockApproval } & Ticks) {
  const words = useWords();
  return (
    <>
      {controlsOf(approval).map((kind) => (
        <Danger key={kind} name={kind} testid={`control-${kind}`} {...ticks}>
          {words.say(`operation.${kind}.danger`)}
        </Danger>
      ))}
      {approval.warnings.map((warning) => {
        const { code, level, params } = warning;
        const name = warningName(warning);
        return level === 'note' ? (
          <Notice key={name} tone="wait" data-testid={`warning-${code}`}>
            {textOf(code, params, words)}
          </Notice>
        ) : (
          <Danger key={name} name={name} testid={`warning-${code}`} {...ticks}>
            {textOf(code, params, words)}
          </Danger>
        );
      })}
    </>
  );
}

function Danger(props: { name: string; testid: string; children: ReactNode } & Ticks) {
  const { name, testid, children, ticked, onTick } = props;
  const { say } = useWords();
  return (
    <Notice tone="bad" title={say('danger.title')} data-testid={testid}>
      <p>{children}</p>
      <Check
        label={say('danger.tick')}
        checked={ticked.has(name)}
        onChange={(on) => onTick(name, on)}
        data-testid="danger-yes"
      />
    </Notice>
  );
}
