import type { SystemOperation } from '@mica/bindings/types';
import { Say, useWords } from '../../words/use_words.tsx';
import { Card, Facts } from '../page.tsx';
import { Applications } from './facts.tsx';
import { useModuleRows } from './publish_module.tsx';
import type { OperationView } from './view.ts';

type Create = Extract<SystemOperation, { $: 'CreateApplication' }>;

export const createApplication: OperationView<Create> = {
  Sentence: ({ tense }) => <Say id={`operation.CreateApplication.${tense}`} values={{}} />,
  Details: function CreateApplicationDetails({ operation }) {
    const { say, bytes } = useWords();
    const ids = operation.required_application_ids;
    return (
      <Card>
        <Facts
          rows={[
            ...useModuleRows(operation.module_id),
            [say('facts.parameters'), bytes(operation.parameters.length)],
            [say('facts.argument'), bytes(operation.instantiation_argument.length)],
            [say('facts.required'), <Applications key="required" ids={ids} />],
          ]}
        />
      </Card>
    );
  },
};
