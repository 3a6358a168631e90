// What must be seen before yes: warnings by their codes, and operations that move control.
import type { ReactNode } from 'react';
import { shorten } from '@mica/wallet-contract/addresses';
import type { ApprovalWarning } from '@mica/wallet-contract/api';
import { foreignText } from '@mica/wallet-contract/foreign_text';
import { controlsOf, type BlockApproval } from '../model/approval.ts';
import { useWords } from '../words/use_words.tsx';
import type { Words } from '../words/words.ts';
import { Check } from './field.tsx';
import { Notice } from './notice.tsx';

type Params = ApprovalWarning['params'];
const textIn = (params: Params, name: string): string => foreignText(`${params[name] ?? ''}`);

/** A code that is forgotten does not compile. */
const texts: Record<ApprovalWarning['code'], (params: Params, words: Words) => string> = {
  UnknownRecipient: (params, { say }) =>
    say('warning.UnknownRecipient', { chain: shorten(textIn(params, 'chain')) }),
  RecipientUnchecked: (params, { say }) =>
    say('warning.RecipientUnchecked', { chain: shorten(textIn(params, 'chain')) }),
  EffectsChanged: (params, { say, amount }) =>
    typeof params.before === 'bigint'
      ? say('warning.EffectsChanged.before', { before: amount(params.before, 18) })
      : say('warning.EffectsChanged'),
  FirstTime: (params, { say }) =>
    typeof params.blocks === 'number'
      ? say('warning.FirstTime.blocks', { blocks: params.blocks })
      : say('warning.FirstTime'),
  LookAlike: (params, { say }) =>
    say('warning.LookAlike', { known: shorten(textIn(params, 'known')) }),
  AllMoney: (_params, { say }) => say('warning.AllMoney'),
};

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
      {approval.warnings.map(({ code, level, params }) =>
        level === 'note' ? (
          <Notice key={code} tone="wait" data-testid={`warning-${code}`}>
            {texts[code](params, words)}
          </Notice>
        ) : (
          <Danger key={code} name={code} testid={`warning-${code}`} {...ticks}>
            {texts[code](params, words)}
          </Danger>
        ),
      )}
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
