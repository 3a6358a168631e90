import type { SystemOperation } from '@mica/bindings/types';
import { Say, useWords } from '../../words/use_words.tsx';
import { Card, Facts } from '../page.tsx';
import { BlobHash } from './facts.tsx';
import type { OperationView } from './view.ts';

export const verifyBlob: OperationView<Extract<SystemOperation, { $: 'VerifyBlob' }>> = {
  Sentence: ({ tense }) => <Say id={`operation.VerifyBlob.${tense}`} values={{}} />,
  Details: function VerifyBlobDetails({ operation: { blob_id } }) {
    const { say } = useWords();
    return (
      <Card>
        <Facts
          rows={[
            [say('facts.kind'), blob_id.blob_type],
            [say('fact.blobId'), <BlobHash key="id" hash={blob_id.hash} />],
          ]}
        />
      </Card>
    );
  },
};
