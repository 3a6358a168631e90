// What pages are told: errors by their codes, accounts, balances and results as JSON.
import { MAX_FAILURE_CHARS, MAX_LIST_ANSWER_CHARS } from '@mica/bindings/limits';
import type {
  Effects,
  FailureCode as CoreFailureCode,
  HistoryEntry,
  VaultFailure,
} from '@mica/bindings/types';
import {
  ProviderError,
  providerError,
  type ActivityJson,
  type BalanceJson,
  type BlockJson,
  type LineJson,
  type NamedJson,
  type ReceiptJson,
  type SimulationJson,
} from '@mica/provider';
import { formatTokens } from '@mica/wallet-contract/amounts';
import { applicationIdToText, ownerToText, toHex } from '@mica/bindings/text';
import type {
  ActivityEntry,
  BlockLine,
  BlockReceipt,
  FailureCode,
} from '@mica/wallet-contract/api';
import { coreJson } from './core_json.ts';
import { failureOf } from './engine.ts';
import { plain } from './foreign_text.ts';
import { blockStates, type ChainCore } from './views.ts';

export const locked = () => providerError('unauthorized', 'Locked', 'The wallet is locked.');
export const noNetwork = () => providerError('disconnected', 'NoNetwork', 'No network is open.');
export const notConnected = (
  what = 'This site is not connected: call linera_requestAccounts first.',
) => providerError('unauthorized', 'NotConnected', what);
export const tooManyWaiting = () =>
  providerError(
    'limitExceeded',
    'TooManyWaiting',
    'As many requests as may wait for the person do so already.',
  );

type OfVault = Exclude<VaultFailure, CoreFailureCode> | 'Cancelled';
/** Between vault and windows; the engine is told SignerLocked or SignerRefused. */
const ofVault: Record<OfVault, true> = {
  BadInput: true,
  WrongDoor: true,
  WrongPassword: true,
  TooSoon: true,
  Damaged: true,
  NewerFile: true,
  WeakKdf: true,
  CostlyKdf: true,
  NoMemory: true,
  Locked: true,
  BadPhrase: true,
  BadKey: true,
  AccountExists: true,
  NoPhrase: true,
  UnknownOwner: true,
  NotApproved: true,
  BadText: true,
  Outdated: true,
  Cancelled: true,
};
const isOfVault = (code: FailureCode): code is OfVault => Object.hasOwn(ofVault, code);

/** What a page is told of anything that failed. */
export function pageError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  const { code, params, message, money } = failureOf(error);
  // Validators' words may be in it.
  const text = plain(message, MAX_FAILURE_CHARS);
  const more = money ? { money } : {};
  if (params?.of === 'HostNotAllowed') {
    const host = plain(params.host, MAX_FAILURE_CHARS);
    const why = `An application asks ${host}, which the person has not let this wallet ask.`;
    return providerError('unauthorized', params.of, why, more);
  }
  return code === 'InvalidInput'
    ? providerError('invalidParams', code, text, more)
    : providerError('internal', isOfVault(code) ? 'Internal' : code, text, more);
}

export const accountOf = (chain: ChainCore) =>
  chain.owner ? `${chain.owner}@${chain.chainId}` : chain.chainId;

/** CAIP-2: linera: and the first 32 digits of the genesis configuration's hash. */
export const networkId = (genesisHash: string) => `linera:${genesisHash.slice(0, 32)}`;

export function balanceJson(chain: ChainCore): BalanceJson {
  return {
    chainId: chain.chainId,
    balance: formatTokens(chain.chainBalance),
    attos: chain.chainBalance.toString(),
    owners: Object.fromEntries(
      chain.ownerBalances.map(({ owner, balance }) => [owner, balance.toString()]),
    ),
    incoming: chain.incomingAmount.toString(),
  };
}

export const receiptJson = (result: BlockReceipt): ReceiptJson => ({
  ...result,
  height: Number(result.height),
});

const lineJson = (line: BlockLine): LineJson => {
  switch (line.kind) {
    case 'System':
      return { ...line, operation: coreJson('SystemOperation', line.operation) as NamedJson };
    case 'Application':
      return line;
    case 'Received':
      return { ...line, amount: line.amount.toString() };
  }
};

export const activityJson = (entry: ActivityEntry): ActivityJson => ({
  ...entry,
  height: Number(entry.height),
  amount: entry.amount.toString(),
  lines: entry.lines.map(lineJson),
});

/** As many from the first on as one answer holds, one at least. */
export function fitting<T, J>(all: readonly T[], jsonOf: (one: T) => J): J[] {
  const given: J[] = [];
  let chars = 0;
  for (const one of all) {
    const json = jsonOf(one);
    chars += JSON.stringify(json).length;
    if (given.length > 0 && chars > MAX_LIST_ANSWER_CHARS) break;
    given.push(json);
  }
  return given;
}

export const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(''));

export function blockJson({ hash, state, block }: HistoryEntry): BlockJson {
  const { header, body } = coreJson('Block', block) as Pick<BlockJson, 'header' | 'body'>;
  return { blockHash: toHex(hash), state: blockStates[state], header, body };
}

/** What executing a block here did. */
export const effectsJson = (effects: Effects): Omit<SimulationJson, 'chainId' | 'response'> => ({
  height: Number(effects.block.height),
  fees: effects.fees.toString(),
  balances: effects.balances.map(({ owner, before, after }) => ({
    owner: ownerToText(owner),
    before: before.toString(),
    after: after.toString(),
  })),
  messages: effects.messages.map((one) => coreJson('OutgoingMessage', one) as object),
  events: effects.events.map((one) => coreJson('Event', one) as object),
  opened: effects.opened_chains.map(toHex),
  created: effects.created_applications.map(applicationIdToText),
  published: effects.published_blobs.map(({ blob_type, hash }) => `${blob_type}:${toHex(hash)}`),
  operationResults: effects.operation_results.map(toHex),
  oracleResponses: effects.oracle_answers.map(
    ({ response }) => coreJson('OracleResponse', response) as NamedJson,
  ),
});

export function toError(error: unknown): { code: number; message: string; data: unknown } {
  const { code, message, data } = pageError(error);
  return { code, message, data };
}
