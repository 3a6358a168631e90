import type { SystemOperation } from '@mica/bindings/types';
import { Say } from '../../words/use_words.tsx';
import { Permissions } from './permissions.tsx';
import type { OperationView } from './view.ts';

type Change = Extract<SystemOperation, { $: 'ChangeApplicationPermissions' }>;

export const changeApplicationPermissions: OperationView<Change> = {
  Sentence: ({ tense }) => (
    <Say id={`operation.ChangeApplicationPermissions.${tense}`} values={{}} />
  ),
  Details: ({ operation }) => <Permissions permissions={operation.value} />,
};
