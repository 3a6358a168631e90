import type { SystemOperation } from '@mica/bindings/types';
import { Say, useWords } from '../../words/use_words.tsx';
import { Money } from '../money.tsx';
import { Ownership } from './ownership.tsx';
import { Permissions } from './permissions.tsx';
import type { OperationView } from './view.ts';

export const openChain: OperationView<Extract<SystemOperation, { $: 'OpenChain' }>> = {
  Sentence: ({ operation, tense }) => (
    <Say
      id={`operation.OpenChain.${tense}`}
      values={{ amount: <Money attos={operation.value.balance} whole /> }}
    />
  ),
  Details: function OpenChainDetails({ operation: { value } }) {
    const { say } = useWords();
    return (
      <>
        <Ownership title={say('operation.OpenChain.title')} ownership={value.ownership} />
        <Permissions permissions={value.application_permissions} />
      </>
    );
  },
};
