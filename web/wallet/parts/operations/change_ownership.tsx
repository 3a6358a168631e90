import type { SystemOperation } from '@mica/bindings/types';
import { Say, useWords } from '../../words/use_words.tsx';
import { Ownership } from './ownership.tsx';
import type { OperationView } from './view.ts';

export const changeOwnership: OperationView<Extract<SystemOperation, { $: 'ChangeOwnership' }>> = {
  Sentence: ({ tense }) => <Say id={`operation.ChangeOwnership.${tense}`} values={{}} />,
  Details: function ChangeOwnershipDetails({ operation }) {
    const { say } = useWords();
    return <Ownership title={say('operation.ChangeOwnership.title')} ownership={operation} />;
  },
};
