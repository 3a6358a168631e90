// WalletApi over the service: what a wallet window may call.
import { encode } from '@mica/bindings/codec';
import { chainIdFromText, hashFromText, ownerToText, toHex } from '@mica/bindings/text';
import { CHAIN_OWNER, parseAddress } from '@mica/wallet-contract/addresses';
import type { FoundChain, Settings, TransferOrder, WalletApi } from '@mica/wallet-contract/api';
import type { Handlers } from '@mica/wallet-contract/port_rpc';
import { applicationMethods } from './application_methods.ts';
import { userRejected } from './approvals.ts';
import type { BlockOrder } from './blocks.ts';
import { ask, fail } from './engine.ts';
import { chainIdOf, faucetUrlOf, ownerOf, wrongRecipient } from './checked.ts';
import { importBackupChains, listBackupChains } from './backup_chains.ts';
import { noteChain } from './chain_book.ts';
import { transferOperation } from './operations.ts';
import { chainExists } from './recipients.ts';
import type { Session } from './session.ts';
import { isLanguage } from './settings.ts';
import type { WalletService } from './wallet_service.ts';

type Part<K extends keyof WalletApi> = Pick<Handlers<WalletApi>, K>;

function networkMethods(
  service: WalletService,
): Part<
  'addNetwork' | 'switchNetwork' | 'renameNetwork' | 'removeNetwork' | 'acceptReset' | 'setSettings'
> {
  return {
    async addNetwork({ name, faucetUrl }) {
      const url = faucetUrlOf(faucetUrl);
      if (service.stored.networks.list.some((one) => one.faucetUrl === url)) {
        return fail('AlreadyExists', 'This network is in the list already.');
      }
      const shown = name.trim() || new URL(url).host;
      const genesisJson = await service.stored.networks.whileBusy(
        { name: shown, doing: 'adding' },
        () => service.outside.faucet(url).genesisConfig(),
      );
      const entry = {
        id: service.outside.newId(),
        name: shown,
        faucetUrl: url,
        genesisHash: null,
      };
      await service.stored.networks.add({ ...entry, genesisJson });
      return entry;
    },
    switchNetwork: ({ id }) => service.switchTo(id),
    async renameNetwork({ id, name }) {
      const network = service.stored.networks.find(id);
      if (!network) return;
      await service.stored.networks.replace({ ...network, name: name.trim() || network.name });
    },
    async removeNetwork({ id }) {
      const isInUse = service.stored.networks.current().id === id;
      if (isInUse)
        fail('Busy', 'This network is in use: switch first.', { reason: 'NetworkInUse' });
      await service.stored.networks.remove(id);
    },
    acceptReset: () => service.acceptReset(),
    setSettings: (change) => service.saveSettings(checkedSettings(change)),
  };
}

function checkedSettings(change: Partial<Settings>): Partial<Settings> {
  const minutes = change.lockAfterMinutes;
  if (minutes !== undefined && !(minutes >= 1 && minutes <= 240)) {
    return fail('InvalidInput', 'The wallet locks after 1 to 240 minutes.');
  }
  if (change.receiveFeeCap !== undefined && change.receiveFeeCap < 0n) {
    return fail('InvalidInput', 'The cap cannot be negative.');
  }
  if (change.language !== undefined && !isLanguage(change.language)) {
    return fail('InvalidInput', 'The wallet has no texts in this language.');
  }
  return change;
}

// Those that the wallet has; a site's first account is the default chain if it was given.
function inOrder(session: Session, chainIds: string[]): string[] {
  const states = session.chainStates().filter(({ chainId }) => chainIds.includes(chainId));
  states.sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
  return states.map(({ chainId }) => chainId);
}

// The account of this wallet that owns the chain, or nobody: then it is only followed.
async function findOwner(service: WalletService, chainId: string): Promise<string | null> {
  const { value: chains } = await ask(service.need().engine, { $: 'ListChains' });
  const chain = chains.find(({ chain_id }) => toHex(chain_id) === chainId);
  if (!chain) return null;
  const mine = new Set(service.vault.owners());
  const { super_owners, owners } = chain.ownership;
  const all = [...super_owners, ...owners.map(([owner]) => owner)].map(ownerToText);
  return all.find((owner) => mine.has(owner)) ?? null;
}

// Those that the faucet knows for these owners, followed from now on.
async function findChains(service: WalletService, owners: string[]): Promise<FoundChain[]> {
  const session = service.need();
  const stillIts = service.vault.sameWallet();
  const asked = service.outside.faucet(service.stored.networks.current().faucetUrl);
  const found: FoundChain[] = [];
  for (const owner of owners) {
    const chainId = await asked.chainOf(owner);
    stillIts();
    // A faucet makes one chain for each owner.
    if (chainId === null || found.some((one) => one.chainId === chainId)) continue;
    found.push({ chainId, owner });
    await session.chains.track(chainId, owner, '');
  }
  return found;
}

function chainMethods(
  service: WalletService,
): Part<
  | 'claimChain'
  | 'findChains'
  | 'repairStore'
  | 'dismissStoreLost'
  | 'trackChain'
  | 'forgetChain'
  | 'labelChain'
  | 'setDefaultChain'
  | 'synchronize'
  | 'receive'
  | 'retryPending'
  | 'showPending'
  | 'showLocked'
> {
  const faucet = () => service.outside.faucet(service.stored.networks.current().faucetUrl);
  const find = (owners: string[]) => findChains(service, owners);
  return {
    async claimChain({ owner, label = '', networkId }) {
      const session = service.need();
      if (networkId !== undefined && networkId !== service.stored.networks.current().id) {
        const { name: network } = service.stored.networks.current();
        const params = { of: 'NetworkChanged', network } as const;
        fail('Conflict', `${network} is in use now: nothing was asked for.`, {
          ...{ reason: 'NetworkChanged', params },
        });
      }
      const text = ownerOf(owner);
      const stillIts = service.vault.sameWallet();
      const chainId = await faucet().claim(text);
      stillIts();
      if (service.session === session) await session.chains.track(chainId, text, label);
      else await noteChain(service.outside, session.genesisHash, { chainId, owner: text, label });
      return { chainId };
    },
    findChains: async ({ owners }) => ({ found: await find(owners.map(ownerOf)) }),
    async repairStore() {
      await service.opening.repair();
      const known = service.need().chains.keys();
      if (known.length > 0) return { chainIds: known };
      const found = await find(service.vault.owners());
      return { chainIds: found.map(({ chainId }) => chainId) };
    },
    async dismissStoreLost() {
      service.need().chains.dismissLost();
      service.changed();
    },
    async trackChain({ chainId: text, owner, label }) {
      const session = service.need();
      const chainId = chainIdOf(text);
      if (owner) return session.chains.track(chainId, ownerOf(owner), label ?? '');
      const exists = await chainExists(session.engine, chainId);
      if (exists === false) fail('UnknownChain', 'The validators do not know this chain.');
      if (exists === null) fail('NoQuorum', 'Too few validators agree whether this chain exists.');
      await session.chains.track(chainId, null, label ?? '');
      await session.receiver.synchronize(chainId).catch(() => undefined);
      const found = owner === null ? null : await findOwner(service, chainId);
      if (found) await session.chains.track(chainId, found, label ?? '');
    },
    forgetChain: ({ chainId }) => service.need().forget(chainIdOf(chainId)),
    labelChain: ({ chainId, label }) =>
      service.need().chains.label(chainIdOf(chainId), label.trim()),
    setDefaultChain: ({ chainId }) => service.need().chains.setDefault(chainIdOf(chainId)),
    synchronize: ({ chainId }) => service.need().receiver.synchronize(chainIdOf(chainId)),
    async receive({ chainId }) {
      await service.need().receiver.receive(chainIdOf(chainId));
    },
    retryPending: ({ chainId }) => service.need().receiver.retry(chainIdOf(chainId)),
    async showPending({ chainId }) {
      const { approval } = await service.need().blocks.startPending(chainIdOf(chainId));
      return { approvalId: approval.id };
    },
    async showLocked({ chainId }) {
      const { approval } = service.need().blocks.startLocked(chainIdOf(chainId));
      return { approvalId: approval.id };
    },
  };
}

function transferOrder(
  session: Session,
  { chainId, source, recipient, amount }: TransferOrder,
): BlockOrder {
  const chain = session.ownChain(chainIdOf(chainId));
  const refuse = (why: string) => fail('InvalidInput', why, { money: 'Untouched' });
  const parsed = parseAddress(recipient);
  if ('problem' in parsed) return refuse(wrongRecipient[parsed.problem]);
  if (amount <= 0n) return refuse('The amount must be more than zero.');
  const from = source === undefined ? CHAIN_OWNER : ownerOf(source);
  return {
    origin: null,
    chainId: chain.chainId,
    signer: chain.owner,
    operations: [transferOperation(from, parsed.account, amount)],
    blobs: [],
  };
}

function approvalMethods(
  service: WalletService,
): Part<
  | 'checkRecipient'
  | 'prepareTransfer'
  | 'estimateTransfer'
  | 'getApproval'
  | 'approveConnect'
  | 'allowHost'
  | 'confirmBlock'
  | 'approveText'
  | 'reject'
> {
  return {
    async checkRecipient({ text }) {
      const parsed = parseAddress(text);
      if ('problem' in parsed) {
        return { recipient: null, problem: parsed.problem, exists: null, own: false };
      }
      const session = service.need();
      const { account } = parsed;
      const own = session.chains.has(account.chainId);
      const exists = own || (await chainExists(session.engine, account.chainId));
      return { recipient: account, problem: null, exists, own };
    },
    async prepareTransfer(asked) {
      const session = service.need();
      const pending = session.blocks.start(transferOrder(session, asked));
      return { approvalId: pending.approval.id };
    },
    async estimateTransfer(asked) {
      const session = service.need();
      const { chainId, operations, blobs } = transferOrder(session, asked);
      const { value } = await ask(session.engine, {
        $: 'Estimate',
        chain_id: chainIdFromText(chainId),
        operations,
        blobs,
      });
      return { fees: value.fees };
    },
    async getApproval({ id }) {
      const pending = service.session?.approvals.find(id);
      return pending ? pending.approval : service.opening.failEnded(id);
    },
    async approveConnect({ id, chainIds, readsOthers = false }) {
      const session = service.need();
      const { approval, finish } = session.approvals.get(id, 'connect');
      const known = inOrder(session, chainIds);
      if (known.length === 0) return fail('InvalidInput', 'Choose at least one chain.');
      // Never more than what was asked for.
      const reads = approval.readsOthers && readsOthers;
      await session.sites.grant(approval.origin, known, reads);
      finish(null);
    },
    allowHost: ({ id, origin }) => service.need().blocks.allowHost(id, origin),
    confirmBlock: ({ id, revision }) => service.need().blocks.confirm(id, revision),
    async approveText({ id, signature }) {
      const { finish } = service.need().approvals.get(id, 'text');
      finish(signature.startsWith('0x') ? signature : `0x${signature}`);
    },
    async reject({ id }) {
      const session = service.need();
      const pending = session.approvals.find(id);
      if (!pending) {
        if (session.approvals.endOf(id) !== 'agreed') return;
        return fail('Busy', 'It was approved already, in another window.', { reason: 'Approved' });
      }
      if (pending.approval.kind === 'block') await session.blocks.reject(id);
      else pending.fail(userRejected());
    },
  };
}

function otherMethods(
  service: WalletService,
): Part<
  | 'getState'
  | 'getActivity'
  | 'getCertificate'
  | 'setSiteChains'
  | 'revokeSite'
  | 'blockSite'
  | 'unblockSite'
  | 'forgetHost'
  | 'listBackupChains'
  | 'importBackupChains'
> {
  return {
    getState: async () => service.state(),
    getActivity: ({ chainId, below, limit }) =>
      service.need().activity(chainIdOf(chainId), below ?? null, limit),
    async getCertificate({ blockHash }) {
      const command = { $: 'GetCertificate', value: hashFromText(blockHash) } as const;
      const { value } = await ask(service.need().engine, command);
      return { certificate: toHex(encode('ConfirmedBlockCertificate', value)) };
    },
    async setSiteChains({ origin, chainIds, readsOthers = true }) {
      const session = service.need();
      const known = inOrder(session, chainIds);
      // Only a request of the site's own can give it that.
      const reads = session.sites.readsOthers(origin) && readsOthers;
      if (known.length === 0) await session.sites.revoke(origin);
      else await session.sites.grant(origin, known, reads);
    },
    revokeSite: ({ origin }) => service.need().sites.revoke(origin),
    blockSite: ({ origin }) => service.blockSite(origin),
    unblockSite: ({ origin }) => service.unblockSite(origin),
    forgetHost: ({ network, origin }) => service.forgetHost(network, origin),
    listBackupChains: () => listBackupChains(service),
    importBackupChains: ({ chains }) => importBackupChains(service, chains),
  };
}

export function walletMethods(service: WalletService): Handlers<WalletApi> {
  return {
    ...networkMethods(service),
    ...chainMethods(service),
    ...approvalMethods(service),
    ...applicationMethods(service),
    ...otherMethods(service),
  };
}
