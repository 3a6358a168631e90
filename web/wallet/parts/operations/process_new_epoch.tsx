import type { SystemOperation } from '@mica/bindings/types';
import { Say } from '../../words/use_words.tsx';
import type { OperationView } from './view.ts';

export const processNewEpoch: OperationView<Extract<SystemOperation, { $: 'ProcessNewEpoch' }>> = {
  Sentence: ({ operation, tense }) => (
    <Say id={`operation.ProcessNewEpoch.${tense}`} values={{ epoch: operation.value }} />
  ),
};
