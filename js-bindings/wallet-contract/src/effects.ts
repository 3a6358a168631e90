// What executing a block here did, before anybody signed it.
import type { SystemMessage } from '@mica/bindings/types';
import type { Attos, ChainIdText, HashText, OwnerText } from './api.ts';

/** One message that a block sends. */
export type MessageLine =
  | { kind: 'System'; destination: ChainIdText; message: SystemMessage }
  | {
      kind: 'Application';
      destination: ChainIdText;
      applicationId: HashText;
      messageBytes: number;
    };

/** An event that an application published; null: the system did. */
interface EventLine {
  applicationId: HashText | null;
  bytes: number;
}

export type AnswerLine =
  | {
      kind: 'Http';
      status: number;
      bytes: number;
      /** Null: not by this wallet since it was started. */
      asked: { method: string; url: string } | null;
      /** How the body begins; null: it is no text. */
      start: string | null;
    }
  | { kind: 'Service'; bytes: number }
  | { kind: 'Event'; applicationId: HashText | null; bytes: number };

export interface EffectsView {
  /** Null where only validators know it before the block is certified. */
  blockHash: HashText | null;
  height: bigint;
  balances: { owner: OwnerText; before: Attos; after: Attos }[];
  fees: Attos;
  messages: MessageLine[];
  openedChains: ChainIdText[];
  publishedBlobs: string[];
  createdApplications: HashText[];
  events: EventLine[];
  /** What was asked beyond the chain while it ran, and is part of the block. */
  answers: AnswerLine[];
  /** The block as JSON, for the curious. */
  raw: string;
}
