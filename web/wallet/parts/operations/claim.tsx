import type { SystemOperation } from '@mica/bindings/types';
import { chainIdToText } from '@mica/bindings/text';
import { Say } from '../../words/use_words.tsx';
import { Money } from '../money.tsx';
import { AccountName, ChainName, OwnerName, Recipient } from './names.tsx';
import type { OperationView } from './view.ts';

export const claim: OperationView<Extract<SystemOperation, { $: 'Claim' }>> = {
  Sentence({ operation, tense }) {
    const { owner, recipient } = operation;
    const amount = <Money attos={operation.amount} whole />;
    const source = <ChainName id={chainIdToText(operation.target_id)} />;
    if (tense === 'done') return <Say id="operation.Claim.done" values={{ amount, source }} />;
    const to = <AccountName owner={recipient.owner} chainId={chainIdToText(recipient.chain_id)} />;
    const values = { amount, owner: <OwnerName owner={owner} />, source, recipient: to };
    return <Say id="operation.Claim.ask" values={values} />;
  },
  Details: ({ operation }) => <Recipient account={operation.recipient} />,
};
