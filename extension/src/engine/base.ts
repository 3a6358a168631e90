// The lowest parts of the wallet, on which all others stand.
import type { Emitter } from '../shared/emitter.ts';
import type { ServiceEvents } from './events.ts';
import type { Outside } from './outside.ts';
import type { Stored } from './stored.ts';
import type { VaultView } from './vault_view.ts';

export interface Base {
  outside: Outside;
  vault: VaultView;
  stored: Stored;
  events: Emitter<ServiceEvents>;
}
