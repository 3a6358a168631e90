import type { SystemMessage } from '@mica/bindings/types';
import { chainIdToText } from '@mica/bindings/text';
import { Say } from '../../words/use_words.tsx';
import { Money } from '../money.tsx';
import { AccountName, OwnerName } from './names.tsx';
import type { MessageView } from './view.ts';

export const withdraw: MessageView<Extract<SystemMessage, { $: 'Withdraw' }>> = {
  Sentence({ message: { owner, amount, recipient } }) {
    const chainId = chainIdToText(recipient.chain_id);
    const values = {
      amount: <Money attos={amount} whole />,
      owner: <OwnerName owner={owner} />,
      recipient: <AccountName owner={recipient.owner} chainId={chainId} />,
    };
    return <Say id="message.Withdraw" values={values} />;
  },
};
