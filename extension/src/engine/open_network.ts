// The network that is open now, or why none is: opening.ts sets it, everybody else reads it.
import { WalletError, type NetworkState, type WalletFailure } from '@mica/wallet-contract/api';
import type { Session } from './session.ts';

export class OpenNetwork {
  session: Session | null = null;
  status: NetworkState['status'] = 'opening';
  failure: WalletFailure | null = null;

  need(): Session {
    if (this.session) return this.session;
    const notYet = { code: 'NoNetwork', message: 'The network is not open yet.' } as const;
    throw new WalletError(this.failure ?? notYet);
  }

  /** What waits for the person, of what pages asked. */
  askedByPages(): string[] {
    const asked = this.session?.approvals.all() ?? [];
    return asked.flatMap(({ approval: { id, origin } }) => (origin === null ? [] : [id]));
  }
}
