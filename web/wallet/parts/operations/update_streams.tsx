import type { SystemOperation } from '@mica/bindings/types';
import { Say } from '../../words/use_words.tsx';
import type { OperationView } from './view.ts';

export const updateStreams: OperationView<Extract<SystemOperation, { $: 'UpdateStreams' }>> = {
  Sentence: ({ operation, tense }) => (
    <Say id={`operation.UpdateStreams.${tense}`} values={{ count: operation.value.length }} />
  ),
};
