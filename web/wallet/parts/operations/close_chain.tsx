import type { SystemOperation } from '@mica/bindings/types';
import { Say } from '../../words/use_words.tsx';
import type { OperationView } from './view.ts';

export const closeChain: OperationView<Extract<SystemOperation, { $: 'CloseChain' }>> = {
  Sentence: ({ tense }) => <Say id={`operation.CloseChain.${tense}`} values={{}} />,
};
