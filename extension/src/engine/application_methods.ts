// The part of WalletApi that is about applications.
import { applicationIdToText, chainIdFromText } from '@mica/bindings/text';
import type { WalletApi } from '@mica/wallet-contract/api';
import type { Handlers } from '@mica/wallet-contract/port_rpc';
import { chainIdOf } from './checked.ts';
import { ask, fail } from './engine.ts';
import { askApplication } from './methods/application.ts';
import type { WalletService } from './wallet_service.ts';

export function applicationMethods(
  service: WalletService,
): Pick<Handlers<WalletApi>, 'listApplications' | 'queryApplication' | 'prepareMutation'> {
  return {
    async listApplications({ chainId }) {
      const command = {
        $: 'ListApplications',
        value: chainIdFromText(chainIdOf(chainId)),
      } as const;
      const { value } = await ask(service.need().engine, command);
      return value.map(({ application_id, description }) => ({
        applicationId: applicationIdToText(application_id),
        description,
      }));
    },
    async queryApplication({ chainId, ...asked }) {
      const world = { session: service.need(), origin: null };
      const { response, operations } = await askApplication(world, chainIdOf(chainId), asked);
      return { response, operations: operations.length };
    },
    async prepareMutation({ chainId: text, ...asked }) {
      const session = service.need();
      const { chainId, owner: signer } = session.ownChain(chainIdOf(text));
      const { operations } = await askApplication({ session, origin: null }, chainId, asked);
      if (operations.length === 0) {
        const message = 'The application scheduled no operation: it is no mutation.';
        return fail('NothingToDo', message, { money: 'Untouched' });
      }
      const order = { origin: null, chainId, signer, operations, blobs: [] };
      return { approvalId: session.blocks.start(order).approval.id };
    },
  };
}
