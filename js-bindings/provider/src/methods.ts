// What a page may ask: parameters and results of every method (docs/provider.md). Amounts are text,
// because JSON numbers lose digits; ids and hashes are 64 hex digits, owners 0x and 40 or 64.
import type { ProviderErrorData } from './errors.ts';

export type NoParams = Record<string, never>;

/** As linera_getBalance gives it: attos as decimal text. */
export interface BalanceJson {
  chainId: string;
  /** Tokens of the chain's own balance, "9.5". */
  balance: string;
  /** The same in attos (10^-18). */
  attos: string;
  /** Balances of owners' accounts on the chain, in attos. */
  owners: Record<string, string>;
  /** On its way in, in attos: not yet received by a block. */
  incoming: string;
}

/** What a certified block is known by. */
export interface ReceiptJson {
  chainId: string;
  height: number;
  blockHash: string;
  /** BCS of the ConfirmedBlockCertificate as hex. */
  certificate: string;
}

/** A value of the protocol that has alternatives: `type` names it, its fields are beside it. */
export interface NamedJson {
  type: string;
  [field: string]: unknown;
}

/** Proposed: signed, not certified. Delivered: every recipient's inbox has its messages. */
export type BlockStateJson = 'proposed' | 'certified' | 'delivered';

/** One operation or received bundle of a block. */
export type LineJson =
  | { kind: 'System'; operation: NamedJson }
  | { kind: 'Application'; applicationId: string; operationBytes: number }
  | {
      kind: 'Received';
      origin: string;
      action: 'Accept' | 'Reject';
      /** What it brings to the chain, less what it claims from it, in attos. */
      amount: string;
      messages: number;
    };

export interface ActivityJson {
  chainId: string;
  height: number;
  blockHash: string;
  state: BlockStateJson;
  /** Milliseconds since 1970. */
  time: number;
  direction: 'in' | 'out' | 'self' | 'none';
  /** In attos, negative for money out; without fees. */
  amount: string;
  /** The first speaks for the block. */
  lines: LineJson[];
  counterparty: string | null;
}

/** A block as the protocol has it; bytes as hex, timestamps in microseconds since 1970. */
export interface BlockJson {
  blockHash: string;
  state: BlockStateJson;
  header: {
    chainId: string;
    epoch: number;
    height: number;
    timestamp: number;
    stateHash: string;
    previousBlockHash: string | null;
    authenticatedSigner: string | null;
  };
  body: {
    transactions: NamedJson[];
    /** By transaction, as the lists after them. */
    messages: object[][];
    oracleResponses: NamedJson[][];
    events: object[][];
    blobs: object[][];
    [field: string]: unknown;
  };
}

export type RequestStatus = 'waiting' | 'committing' | 'unknown' | 'done' | 'failed';

/** As linera_getRequest gives it. */
export interface RequestJson {
  id: string;
  method: string;
  /** unknown: sent, but no quorum has answered; the wallet goes on trying. */
  status: RequestStatus;
  result?: unknown;
  error?: { code: number; message: string; data: ProviderErrorData };
}

export type TransferParams = {
  recipient: string;
  chainId?: string;
  source?: string;
} & ({ amount: string } | { attos: string });

export interface CreateApplicationParams {
  /** 130 hex digits. */
  moduleId: string;
  /** JSON as text. */
  parameters?: string;
  instantiationArgument?: string;
  requiredApplicationIds?: string[];
  chainId?: string;
}

export interface QueryParams {
  /** 64 hex digits. */
  applicationId: string;
  /** As the application takes it. */
  query: string;
  chainId?: string;
}

/** An operation that is simulated: base64 of what an application takes, or a transfer. */
export type OperationParams =
  | { applicationId: string; bytes: string }
  | ({ recipient: string; source?: string } & ({ amount: string } | { attos: string }));

export type SimulateParams = { chainId?: string } & (
  { operations: OperationParams[] } | { applicationId: string; query: string }
);

/** What a block would do; amounts in attos. */
export interface SimulationJson {
  chainId: string;
  /** Of the block that was tried. */
  height: number;
  fees: string;
  balances: { owner: string; before: string; after: string }[];
  messages: object[];
  events: object[];
  /** Chains that it opens. */
  opened: string[];
  /** Applications that it creates. */
  created: string[];
  /** Blobs that it publishes: "Data:" and the hash. */
  published: string[];
  /** Hex, one of each operation. */
  operationResults: string[];
  oracleResponses: NamedJson[];
  /** The service's text, where a query was given. */
  response: string | null;
}

/** An application that has state on a chain. */
export interface ApplicationJson {
  applicationId: string;
  /** What it was made from; null where the wallet does not have it. */
  description: {
    /** 130 hex digits. */
    moduleId: string;
    creatorChainId: string;
    /** Of the block that created it. */
    height: number;
    /** Hex; by convention JSON. */
    parameters: string;
    requiredApplicationIds: string[];
  } | null;
}

export type BlobTypeJson =
  | 'Data'
  | 'ContractBytecode'
  | 'ServiceBytecode'
  | 'EvmBytecode'
  | 'ApplicationDescription'
  | 'Committee'
  | 'ChainDescription';

export interface EventsParams {
  applicationId: string;
  /** The stream's name. */
  stream: string;
  chainId?: string;
  start?: number;
  limit?: number;
}

/** `count`: of the stream, as far as the wallet knows it; values as hex. */
export interface EventsJson {
  count: number;
  events: { index: number; value: string }[];
}

/** `data` of the event `message` whose type is linera_subscription. */
export type SubscriptionJson = {
  subscription: string;
  /** Of the chain's next block; the answer is of the state before it, or a newer one. */
  height: number;
} & (
  | { response: string; error?: undefined }
  | { error: { code: number; message: string; data: ProviderErrorData }; response?: undefined }
);

export interface MutationJson extends ReceiptJson {
  /** Hex, one of each operation of the block. */
  operationResults: string[];
  events: NamedJson[];
  /** The service's text from before the block; null after a restart in between. */
  response: string | null;
}

export interface ProviderMethods {
  linera_requestAccounts: { params: { readChains?: boolean }; result: string[] };
  linera_accounts: { params: NoParams; result: string[] };
  linera_chainId: { params: NoParams; result: string };
  linera_network: {
    params: NoParams;
    result: { id: string; name: string; genesisHash: string };
  };
  linera_getBalance: { params: { chainId?: string }; result: BalanceJson };
  linera_transfer: { params: TransferParams; result: ReceiptJson };
  linera_publishDataBlob: {
    params: { bytes: string; chainId?: string };
    result: ReceiptJson & { blobId: string };
  };
  linera_publishModule: {
    params: { contract: string; service: string; chainId?: string };
    result: ReceiptJson & { moduleId: string };
  };
  linera_createApplication: {
    params: CreateApplicationParams;
    result: ReceiptJson & { applicationId: string };
  };
  linera_query: { params: QueryParams; result: { response: string; operations: number } };
  linera_mutate: { params: QueryParams; result: MutationJson };
  linera_simulate: { params: SimulateParams; result: SimulationJson };
  linera_applications: {
    params: { chainId?: string; after?: string; limit?: number };
    result: ApplicationJson[];
  };
  linera_readBlob: {
    params: { hash: string; type?: BlobTypeJson };
    result: { type: BlobTypeJson; bytes: string };
  };
  linera_getEvents: { params: EventsParams; result: EventsJson };
  linera_subscribe: { params: QueryParams; result: string };
  linera_unsubscribe: { params: { subscription: string }; result: boolean };
  linera_signMessage: {
    params: { message: string; chainId?: string };
    result: { owner: string; signature: string };
  };
  linera_getRequest: { params: { id: string }; result: RequestJson };
  linera_getActivity: {
    params: { chainId?: string; limit?: number; below?: number };
    result: ActivityJson[];
  };
  linera_getBlocks: {
    params: { chainId?: string; limit?: number; below?: number };
    result: BlockJson[];
  };
  linera_getCertificate: { params: { blockHash: string }; result: { certificate: string } };
  linera_disconnect: { params: NoParams; result: null };
  wallet_revokePermissions: { params: { linera_accounts?: NoParams }; result: null };
  wallet_getPermissions: {
    params: NoParams;
    result: { invoker: string; parentCapability: string }[];
  };
}

export type MethodName = keyof ProviderMethods;
export type ResultOf<M extends MethodName> = ProviderMethods[M]['result'];

/** `params`: an object or, as in JSON-RPC, an array with one. */
export interface RequestOf<M extends MethodName> {
  method: M;
  params?: ProviderMethods[M]['params'];
  id?: string;
}
