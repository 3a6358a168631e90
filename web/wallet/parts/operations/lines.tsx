// Lines of a block and messages, each by the component of its kind: in approvals and activity.
import type { ActivityEntry, BlockLine, MessageLine } from '@mica/wallet-contract/api';
import { Say, useWords } from '../../words/use_words.tsx';
import { application } from './application.tsx';
import { applicationMessage } from './application_message.tsx';
import { received } from './received.tsx';
import { messageViewOf, viewOf } from './table.ts';
import type { LineContext } from './view.ts';

export function LineSentence({ line, ...context }: { line: BlockLine } & LineContext) {
  switch (line.kind) {
    case 'System': {
      const { Sentence } = viewOf(line.operation);
      return <Sentence operation={line.operation} {...context} />;
    }
    case 'Application':
      return <application.Sentence operation={line} {...context} />;
    case 'Received':
      return <received.Sentence operation={line} {...context} />;
  }
}

export function LineDetails({ line, ...context }: { line: BlockLine } & LineContext) {
  switch (line.kind) {
    case 'System': {
      const { Details } = viewOf(line.operation);
      if (!Details) return null;
      return <Details operation={line.operation} blobBytes={line.blobBytes} {...context} />;
    }
    case 'Application':
      return application.Details && <application.Details operation={line} {...context} />;
    case 'Received':
      return received.Details ? <received.Details operation={line} {...context} /> : null;
  }
}

export function MessageSentence({ line }: { line: MessageLine }) {
  if (line.kind === 'Application') return <applicationMessage.Sentence message={line} />;
  const { Sentence } = messageViewOf(line.message);
  return <Sentence message={line.message} />;
}

/** The first line speaks for the block. */
export function EntrySentence({ entry }: { entry: ActivityEntry }) {
  const { say } = useWords();
  const [first, ...others] = entry.lines;
  if (!first) return say('activity.empty');
  const sentence = <LineSentence line={first} chainId={entry.chainId} tense="done" />;
  if (others.length === 0) return sentence;
  return <Say id="activity.more" values={{ sentence, count: others.length }} />;
}
