import type { MessageLine } from '@mica/wallet-contract/api';
import { Say, useWords } from '../../words/use_words.tsx';
import { Short } from '../hash.tsx';
import type { MessageView } from './view.ts';

export const applicationMessage: MessageView<Extract<MessageLine, { kind: 'Application' }>> = {
  Sentence: function ApplicationMessage({ message }) {
    const { bytes } = useWords();
    const application = <Short id={message.applicationId} />;
    const values = { application, size: bytes(message.messageBytes) };
    return <Say id="message.Application" values={values} />;
  },
};
