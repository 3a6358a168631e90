import type { SystemOperation } from '@mica/bindings/types';
import { Say, useWords } from '../../words/use_words.tsx';
import { Card, Facts } from '../page.tsx';
import { BlobHash } from './facts.tsx';
import type { OperationView } from './view.ts';

export const admin: OperationView<Extract<SystemOperation, { $: 'Admin' }>> = {
  Sentence: ({ tense }) => <Say id={`operation.Admin.${tense}`} values={{}} />,
  Details: function AdminDetails({ operation: { value } }) {
    const words = useWords();
    const { say } = words;
    const epoch = 'epoch' in value ? value.epoch : null;
    const hash = 'blob_hash' in value ? value.blob_hash : null;
    return (
      <Card>
        <Facts
          rows={[
            [say('facts.kind'), say(`admin.${value.$}`)],
            epoch === null ? null : [say('facts.epoch'), words.number(epoch)],
            hash && [say('facts.committee'), <BlobHash key="hash" hash={hash} />],
          ]}
        />
      </Card>
    );
  },
};
