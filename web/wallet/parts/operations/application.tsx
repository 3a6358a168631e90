import type { BlockLine } from '@mica/wallet-contract/api';
import { Say, useWords } from '../../words/use_words.tsx';
import { Hash, Short } from '../hash.tsx';
import { Card, Facts } from '../page.tsx';
import type { OperationView } from './view.ts';

export const application: OperationView<Extract<BlockLine, { kind: 'Application' }>> = {
  Sentence: ({ operation, tense }) => (
    <Say
      id={`operation.Application.${tense}`}
      values={{ application: <Short id={operation.applicationId} /> }}
    />
  ),
  Details: function ApplicationDetails({ operation }) {
    const { say, bytes } = useWords();
    return (
      <Card>
        <Facts
          rows={[
            [
              say('facts.application'),
              <Hash key="id" id={operation.applicationId} what="application" />,
            ],
            [say('fact.size'), bytes(operation.operationBytes)],
          ]}
        />
      </Card>
    );
  },
};
