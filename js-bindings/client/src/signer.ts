// Who signs: what the client asks of it, and nothing about where its keys are.

/** One signature under one proposed block. */
export interface SignRequest {
  /** Who is to sign, "0x…". */
  owner: string;
  /** 64 hex digits: two networks may have chains of one id. */
  genesisHash: string;
  /** BCS of the ProposalContent: the block, its round, and its outcome where the round needs it. */
  content: Uint8Array;
  /** The block only receives, and lowers no balance beyond the fee cap. */
  receiving: boolean;
}

/**
 * EvmSecp256k1: EIP-191 `personal_sign` of keccak256("ProposalContent::" + content), 65 bytes
 * r ‖ s ‖ v, and the 20 bytes of the address. Ed25519: 64 bytes over the same 32.
 */
export type Signature =
  | { scheme: 'EvmSecp256k1'; signature: Uint8Array; address: Uint8Array }
  | { scheme: 'Ed25519'; signature: Uint8Array; publicKey: Uint8Array };

/**
 * Whoever implements it decides what is signed: it must decode `content` itself where it shows it
 * to a person, and never sign two blocks of one height of a chain in the fast round.
 */
export interface Signer {
  /** The account that owns claimed chains, "0x…". */
  readonly owner: string;
  /** Rejects to refuse: nothing is sent then. */
  sign(request: SignRequest): Promise<Signature>;
}
