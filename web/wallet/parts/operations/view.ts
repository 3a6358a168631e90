// What the component of an operation's or message's kind is: the same before it is signed (ask)
// and in the activity (done).
import type { ReactNode } from 'react';
import type { ChainIdText } from '@mica/wallet-contract/api';

export interface LineContext {
  /** The block's own. */
  chainId: ChainIdText;
  tense: 'ask' | 'done';
}

export interface OperationView<Operation> {
  /** In one sentence. */
  Sentence(props: { operation: Operation } & LineContext): ReactNode;
  /** What one decides by, whole; absent: the sentence says it all. */
  Details?(
    props: { operation: Operation; blobBytes?: number | undefined } & LineContext,
  ): ReactNode;
}

export interface MessageView<Message> {
  Sentence(props: { message: Message }): ReactNode;
}
