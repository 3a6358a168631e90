import { CHAIN_OWNER } from '@mica/wallet-contract/addresses';
import type { SystemMessage } from '@mica/bindings/types';
import { ownerToText } from '@mica/bindings/text';
import { Say } from '../../words/use_words.tsx';
import { Money } from '../money.tsx';
import { OwnerName } from './names.tsx';
import type { MessageView } from './view.ts';

export const credit: MessageView<Extract<SystemMessage, { $: 'Credit' }>> = {
  Sentence({ message: { target, amount: attos } }) {
    const amount = <Money attos={attos} whole />;
    if (ownerToText(target) === CHAIN_OWNER) {
      return <Say id="message.Credit.chain" values={{ amount }} />;
    }
    return (
      <Say id="message.Credit.owner" values={{ amount, owner: <OwnerName owner={target} /> }} />
    );
  },
};
