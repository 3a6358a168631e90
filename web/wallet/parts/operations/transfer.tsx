import type { SystemOperation } from '@mica/bindings/types';
import { chainIdToText } from '@mica/bindings/text';
import { Say } from '../../words/use_words.tsx';
import { Money } from '../money.tsx';
import { AccountName, Recipient } from './names.tsx';
import type { OperationView } from './view.ts';

type Transfer = Extract<SystemOperation, { $: 'Transfer' }>;

export const transfer: OperationView<Transfer> = {
  Sentence({ operation, chainId, tense }) {
    const { owner, recipient } = operation;
    const to = chainIdToText(recipient.chain_id);
    const amount = <Money attos={operation.amount} whole />;
    const recipientName = <AccountName owner={recipient.owner} chainId={to} />;
    if (tense === 'ask') {
      const source = <AccountName owner={owner} chainId={chainId} />;
      const values = { amount, source, recipient: recipientName };
      return <Say id="operation.Transfer.ask" values={values} />;
    }
    const id = to === chainId ? 'operation.Transfer.moved' : 'operation.Transfer.done';
    return <Say id={id} values={{ amount, recipient: recipientName }} />;
  },
  Details: ({ operation }) => <Recipient account={operation.recipient} />,
};
