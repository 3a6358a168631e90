import type { SystemOperation } from '@mica/bindings/types';
import { Say } from '../../words/use_words.tsx';
import type { OperationView } from './view.ts';

type Removed = Extract<SystemOperation, { $: 'ProcessRemovedEpoch' }>;

export const processRemovedEpoch: OperationView<Removed> = {
  Sentence: ({ operation, tense }) => (
    <Say id={`operation.ProcessRemovedEpoch.${tense}`} values={{ epoch: operation.value }} />
  ),
};
