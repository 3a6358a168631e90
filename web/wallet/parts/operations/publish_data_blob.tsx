import type { SystemOperation } from '@mica/bindings/types';
import { Say, useWords } from '../../words/use_words.tsx';
import { Card, Facts } from '../page.tsx';
import { BlobHash } from './facts.tsx';
import type { OperationView } from './view.ts';

export const publishDataBlob: OperationView<Extract<SystemOperation, { $: 'PublishDataBlob' }>> = {
  Sentence: ({ tense }) => <Say id={`operation.PublishDataBlob.${tense}`} values={{}} />,
  Details: function PublishDataBlobDetails({ operation, blobBytes }) {
    const { say, bytes } = useWords();
    return (
      <Card data-testid="blob">
        <Facts
          rows={[
            [say('fact.blobId'), <BlobHash key="id" hash={operation.blob_hash} />],
            [say('fact.size'), blobBytes === undefined ? say('said.unknown') : bytes(blobBytes)],
          ]}
        />
      </Card>
    );
  },
};
