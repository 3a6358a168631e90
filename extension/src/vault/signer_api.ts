// What the engine may ask of the vault: signatures of proposals, and to forget a yes; nothing else.
// The vault's own door for the engine (VaultDoor::Engine) refuses the rest once more.
import type { AccountOwner, AccountSignature, CryptoHash } from '@mica/bindings/types';
import type { VaultState } from '@mica/wallet-contract/api';

export interface SignerApi {
  /** Answers with the state as an event. */
  hello(params: Record<string, never>): Promise<null>;
  /** `network`: the genesis hash. */
  sign(params: {
    owner: AccountOwner;
    network: CryptoHash;
    content: Uint8Array;
  }): Promise<{ signature: AccountSignature }>;
  /** Nobody waits for this ProposedBlock any more: what was approved of it is not signed. */
  unapprove(params: { network: CryptoHash; block: Uint8Array }): Promise<void>;
}

/** What the engine is told. */
export interface SignerState extends VaultState {
  /** Names this wallet and no later one in this browser; null: there is none. */
  wallet: string | null;
  /** Who erased the last one wants to go on following chains that nobody here owns. */
  keepFollowed: boolean;
}

export interface SignerEvents {
  state: SignerState;
}
