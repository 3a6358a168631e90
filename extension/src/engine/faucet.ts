// The faucet (@mica/bindings/faucet) in the wallet's words.
import {
  FaucetFailure,
  openFaucet as open,
  type Faucet,
  type FaucetFault,
} from '@mica/bindings/faucet';
import { WalletError, type FailureReason } from '@mica/wallet-contract/api';
import { quoted } from './foreign_text.ts';

export type { Faucet };

/** Rejects with a WalletError of code FaucetFailed. */
export function openFaucet(url: string): Faucet {
  const faucet = open(url);
  return {
    genesisConfig: () => faucet.genesisConfig().catch(inWords),
    claim: (owner) => faucet.claim(owner).catch(inWords),
    chainOf: (owner) => faucet.chainOf(owner).catch(inWords),
  };
}

function inWords(error: unknown): never {
  if (!(error instanceof FaucetFailure)) throw error;
  const { fault } = error;
  const params =
    fault.kind === 'Status' && ({ params: { of: 'FaucetStatus', status: fault.status } } as const);
  const reason = reasons[fault.kind];
  throw new WalletError({
    ...{ code: 'FaucetFailed', message: wordsFor(fault) },
    ...(reason && { reason }),
    ...params,
  });
}

const reasons: Record<FaucetFault['kind'], FailureReason | null> = {
  Unreachable: null,
  Status: 'FaucetStatus',
  Refused: 'FaucetRefused',
  TooLong: 'FaucetNonsense',
  NotJson: 'FaucetNonsense',
  NotAnObject: 'FaucetNonsense',
  NoData: 'FaucetNonsense',
  NoGenesis: 'FaucetNonsense',
  NoChainId: 'FaucetNonsense',
  NoChain: 'FaucetNonsense',
};

function wordsFor(fault: FaucetFault): string {
  switch (fault.kind) {
    case 'Status':
      return `The faucet answered with status ${fault.status}.`;
    case 'Refused':
      return `The faucet answered: ${quoted(fault.said)}`;
    default:
      return words[fault.kind];
  }
}

const words = {
  Unreachable: 'The faucet could not be reached.',
  TooLong: 'The faucet sent too much.',
  NotJson: 'The faucet did not send JSON.',
  NotAnObject: 'The faucet sent no data.',
  NoData: 'The faucet sent no data.',
  NoGenesis: 'The faucet sent no genesis configuration.',
  NoChainId: 'The faucet sent no chain id.',
  NoChain: 'The faucet made no chain.',
};
