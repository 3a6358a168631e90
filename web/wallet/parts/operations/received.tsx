import type { BlockLine } from '@mica/wallet-contract/api';
import { Say } from '../../words/use_words.tsx';
import { Money } from '../money.tsx';
import { ChainName } from './names.tsx';
import type { OperationView } from './view.ts';

export const received: OperationView<Extract<BlockLine, { kind: 'Received' }>> = {
  Sentence({ operation: line, tense }) {
    const origin = <ChainName id={line.origin} />;
    const ask = tense === 'ask';
    if (line.action === 'Accept' && line.amount > 0n) {
      const amount = <Money attos={line.amount} whole />;
      return <Say id={`operation.Received.${tense}`} values={{ amount, origin }} />;
    }
    if (line.action === 'Accept' && line.amount < 0n) {
      const amount = <Money attos={-line.amount} whole />;
      const id = ask ? 'operation.Received.askClaimed' : 'operation.Received.claimed';
      return <Say id={id} values={{ amount, origin }} />;
    }
    const count = line.messages;
    if (line.action === 'Accept') {
      if (ask) return <Say id="operation.Received.askMessages" values={{ count, origin }} />;
      return <Say id="operation.Received.messages" values={{ origin }} />;
    }
    if (ask) return <Say id="operation.Received.askRefuse" values={{ count, origin }} />;
    return <Say id="operation.Received.refused" values={{ origin }} />;
  },
};
