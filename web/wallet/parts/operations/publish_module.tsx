import type { ModuleId, SystemOperation } from '@mica/bindings/types';
import { Say, useWords } from '../../words/use_words.tsx';
import { Card, Facts } from '../page.tsx';
import { BlobHash } from './facts.tsx';
import type { OperationView } from './view.ts';

export function useModuleRows(id: ModuleId) {
  const { say } = useWords();
  return [
    [say('facts.contract'), <BlobHash key="contract" hash={id.contract_blob_hash} />],
    [say('facts.service'), <BlobHash key="service" hash={id.service_blob_hash} />],
    [say('facts.runtime'), id.vm_runtime],
  ] as const;
}

export const publishModule: OperationView<Extract<SystemOperation, { $: 'PublishModule' }>> = {
  Sentence: ({ tense }) => <Say id={`operation.PublishModule.${tense}`} values={{}} />,
  Details: function PublishModuleDetails({ operation }) {
    const rows = useModuleRows(operation.module_id);
    return (
      <Card>
        <Facts rows={[...rows]} />
      </Card>
    );
  },
};
