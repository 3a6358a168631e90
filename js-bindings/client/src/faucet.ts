// The faucet (@mica/bindings/faucet), with this package's errors.
import { FaucetFailure, openFaucet, type FaucetFault } from '@mica/bindings/faucet';
import { MAX_FOREIGN_CHARS } from '@mica/bindings/limits';
import { FaucetError } from './errors.ts';
import { ownerOf } from './texts.ts';

/** Rejects with a FaucetError. */
export interface FaucetClient {
  /** The JSON text of the network's genesis configuration. */
  genesisConfig(): Promise<string>;
  /** The id of a chain for this owner; always the same one for the same owner. */
  claim(owner: string): Promise<string>;
}

export function faucetAt(url: string): FaucetClient {
  const faucet = openFaucet(url);
  const told = (error: unknown): never => {
    throw error instanceof FaucetFailure ? errorFor(error, url) : error;
  };
  return {
    genesisConfig: () => faucet.genesisConfig().catch(told),
    async claim(owner) {
      ownerOf(owner);
      return faucet.claim(owner).catch(told);
    },
  };
}

function errorFor({ fault, cause }: FaucetFailure, url: string): FaucetError {
  switch (fault.kind) {
    case 'Unreachable':
      return new FaucetError('Unreachable', `no answer from the faucet at ${url}`, { cause });
    case 'Refused':
      return new FaucetError(
        'Refused',
        `the faucet answered: ${fault.said.slice(0, MAX_FOREIGN_CHARS)}`,
      );
    default:
      return new FaucetError('BadAnswer', `the faucet sent ${whatCame(fault)}`);
  }
}

function whatCame(fault: Exclude<FaucetFault, { kind: 'Refused' }>): string {
  switch (fault.kind) {
    case 'Status':
      return `HTTP status ${fault.status}`;
    case 'TooLong':
      return 'too many bytes';
    case 'NotJson':
    case 'NotAnObject':
      return 'no JSON object';
    case 'NoGenesis':
      return 'no genesis configuration';
    case 'NoChainId':
    case 'NoChain':
      return 'no chain id';
    default:
      return 'no data';
  }
}
