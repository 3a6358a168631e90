// WalletApi without an engine, for previews and tests: answers as the real one does.
import { parseAddress } from '@mica/wallet-contract/addresses';
import {
  WalletError,
  type BlockLine,
  type ActivityEntry,
  type ApplicationState,
  type Approval,
  type ChainView,
  type FailureCode,
  type VaultState,
  type WalletApi,
  type WalletEvents,
  type WalletFailure,
  type WalletState,
} from '@mica/wallet-contract/api';
import { pause } from '@mica/bindings/wake';
import { Emitter } from './events.ts';
import {
  activity,
  alice,
  chain,
  chainA,
  effects,
  FEES,
  nowhere,
  walletState,
} from './fake_data.ts';
import { blockOf } from './fake_block.ts';
import { blockApproval, transferApproval, type BlockApproval } from './block_approval.ts';
import { answerTo, applications, applicationTexts } from './fake_application.ts';

const fail = (code: FailureCode, message: string, more: Partial<WalletFailure> = {}): never => {
  throw new WalletError({ code, message, money: 'Untouched', ...more });
};

export interface FakeWalletOptions {
  state?: Partial<WalletState>;
  approvals?: Approval[];
  entries?: ActivityEntry[];
  delayMs?: number;
  /** Chains that the faucet made, by their owners. */
  known?: Record<string, string>;
  /** What confirming fails with. */
  confirmFailure?: WalletFailure;
  applications?: ApplicationState[];
  /** What asking an application fails with. */
  queryFailure?: WalletFailure;
  /** What estimating fails with. */
  estimateFailure?: WalletFailure;
}

const paidBy = (line: BlockLine): bigint =>
  line.kind === 'System' && line.operation.$ === 'Transfer' ? line.operation.amount : 0n;

export class FakeWallet extends Emitter<WalletEvents> implements WalletApi {
  /** What applications have said, as it is and as it is shown. */
  told: string[] = [];
  readonly calls: { method: string; params: unknown }[] = [];
  private state: WalletState;
  private readonly pending = new Map<string, Approval>();
  private entries: ActivityEntry[];
  private ids = 0;

  constructor(readonly options: FakeWalletOptions = {}) {
    super();
    this.state = walletState(options.state);
    this.entries = options.entries ?? activity;
    for (const approval of options.approvals ?? []) this.add(approval);
  }

  // --- what tests turn ------------------------------------------------------------------------

  set(change: Partial<WalletState>): void {
    this.state = { ...this.state, ...change };
    this.emit('state', this.state);
  }
  setChain(chainId: string, change: Partial<ChainView>): void {
    const chains = this.state.chains.map((one) =>
      one.chainId === chainId ? { ...one, ...change } : one,
    );
    this.set({ chains });
  }
  vaultChanged = (vault: VaultState): void => this.set({ vault });
  add(approval: Approval): void {
    this.pending.set(approval.id, approval);
    this.listApprovals(approval.id);
  }
  change(id: string, change: Partial<BlockApproval>): void {
    const approval = this.pending.get(id);
    if (approval?.kind !== 'block') return;
    this.pending.set(id, { ...approval, ...change });
    this.emit('approval', { id });
  }
  finish(id: string): void {
    this.pending.delete(id);
    this.listApprovals(id);
  }
  private listApprovals(id: string): void {
    const approvals = [...this.pending.values()].map(({ id, kind, origin, createdAt }) => ({
      id,
      kind,
      origin,
      createdAt,
    }));
    this.set({ approvals });
    this.emit('approval', { id });
  }
  private async note(method: string, params: unknown): Promise<void> {
    this.calls.push({ method, params });
    await pause(this.options.delayMs ?? 0);
  }
  private chainOf(chainId: string): ChainView {
    const found = this.state.chains.find((one) => one.chainId === chainId);
    return found ?? fail('UnknownChain', 'This chain is not in the list.');
  }

  // --- networks and chains --------------------------------------------------------------------

  getState = async () => structuredClone(this.state);
  addNetwork: WalletApi['addNetwork'] = async ({ name, faucetUrl }) => {
    await this.note('addNetwork', { name, faucetUrl });
    if (!/^https:|127\.0\.0\.1/.test(faucetUrl)) {
      fail('InvalidInput', "The faucet's address must be https (or http on this machine).", {
        reason: 'FaucetAddress',
      });
    }
    const entry = { id: `net-${name}`, name: name || faucetUrl, faucetUrl, genesisHash: null };
    this.set({ networks: [...this.state.networks, entry] });
    return entry;
  };
  switchNetwork: WalletApi['switchNetwork'] = async ({ id }) => {
    await this.note('switchNetwork', { id });
    const entry = this.state.networks.find((one) => one.id === id);
    if (!entry || !this.state.network) return fail('NotFound', 'No such network.');
    const network = { ...this.state.network, ...entry, status: 'ready' as const, failure: null };
    this.set({ network, chains: [] });
  };
  renameNetwork: WalletApi['renameNetwork'] = (params) => this.note('renameNetwork', params);
  removeNetwork: WalletApi['removeNetwork'] = async ({ id }) => {
    await this.note('removeNetwork', { id });
    this.set({ networks: this.state.networks.filter((one) => one.id !== id) });
  };
  acceptReset: WalletApi['acceptReset'] = async () => {
    await this.note('acceptReset', {});
    const { network } = this.state;
    if (network) this.set({ network: { ...network, status: 'ready', failure: null }, chains: [] });
  };
  repairStore: WalletApi['repairStore'] = async () => {
    await this.acceptReset({});
    const { found } = await this.findChains({ owners: [alice] });
    return { chainIds: found.map(({ chainId }) => chainId) };
  };
  dismissStoreLost: WalletApi['dismissStoreLost'] = async () => {
    await this.note('dismissStoreLost', {});
    const { network } = this.state;
    if (network) this.set({ network: { ...network, storeLost: false } });
  };
  claimChain: WalletApi['claimChain'] = async ({ owner, label = '', networkId }) => {
    await this.note('claimChain', { owner, label, networkId });
    if (networkId !== undefined && networkId !== this.state.network?.id) {
      fail('Conflict', 'Another network is in use now.');
    }
    await this.trackChain({ chainId: chainA, owner, label });
    this.setChain(chainA, { chainBalance: 10n ** 19n });
    return { chainId: chainA };
  };
  findChains: WalletApi['findChains'] = async (params) => {
    await this.note('findChains', params);
    const known = this.options.known ?? { [alice]: chainA };
    const found = params.owners.flatMap((owner) => {
      const chainId = known[owner];
      return chainId === undefined ? [] : [{ chainId, owner }];
    });
    for (const one of found) await this.trackChain(one);
    return { found };
  };
  trackChain: WalletApi['trackChain'] = async ({ chainId, owner, label = '' }) => {
    await this.note('trackChain', { chainId, owner, label });
    if (chainId === nowhere) fail('UnknownChain', 'The validators do not know this chain.');
    const others = this.state.chains.filter((one) => one.chainId !== chainId);
    const isDefault = others.length === 0;
    const name = label || `Chain ${others.length + 1}`;
    const added = chain(chainId, { label: name, owner: owner ?? null, isDefault });
    this.set({ chains: [...others, added] });
  };
  forgetChain: WalletApi['forgetChain'] = async ({ chainId }) => {
    await this.note('forgetChain', { chainId });
    this.set({ chains: this.state.chains.filter((one) => one.chainId !== chainId) });
  };
  labelChain: WalletApi['labelChain'] = async ({ chainId, label }) => {
    await this.note('labelChain', { chainId, label });
    this.setChain(chainId, { label });
  };
  setDefaultChain: WalletApi['setDefaultChain'] = async ({ chainId }) => {
    await this.note('setDefaultChain', { chainId });
    const mark = (one: ChainView) => ({ ...one, isDefault: one.chainId === chainId });
    this.set({ chains: this.state.chains.map(mark) });
  };
  synchronize: WalletApi['synchronize'] = (params) => this.note('synchronize', params);
  receive: WalletApi['receive'] = async ({ chainId }) => {
    await this.note('receive', { chainId });
    const { chainBalance, incomingAmount } = this.chainOf(chainId);
    const balance = chainBalance + incomingAmount;
    this.setChain(chainId, { chainBalance: balance, incomingAmount: 0n, incomingCount: 0 });
  };
  retryPending: WalletApi['retryPending'] = async ({ chainId }) => {
    await this.note('retryPending', { chainId });
    this.setChain(chainId, { pendingHeight: null });
  };
  showPending: WalletApi['showPending'] = async ({ chainId }) => {
    await this.note('showPending', { chainId });
    throw new WalletError({ code: 'NothingToDo', message: 'Nothing waits to be approved again.' });
  };

  showLocked: WalletApi['showLocked'] = async ({ chainId }) => {
    await this.note('showLocked', { chainId });
    throw new WalletError({ code: 'NothingToDo', message: 'No block of another owner waits.' });
  };

  // --- blocks ---------------------------------------------------------------------------------

  checkRecipient: WalletApi['checkRecipient'] = async ({ text }) => {
    await this.note('checkRecipient', { text });
    const parsed = parseAddress(text);
    if ('problem' in parsed) {
      return { recipient: null, problem: parsed.problem, exists: null, own: false };
    }
    const { account } = parsed;
    const own = this.state.chains.some(({ chainId }) => chainId === account.chainId);
    return { recipient: account, problem: null, exists: account.chainId !== nowhere, own };
  };
  prepareTransfer: WalletApi['prepareTransfer'] = async (order) => {
    await this.note('prepareTransfer', order);
    const from = this.chainOf(order.chainId);
    const parsed = parseAddress(order.recipient);
    if ('problem' in parsed) return fail('InvalidInput', 'This is no address.');
    this.ids += 1;
    const approvalId = `own-${this.ids}`;
    this.add(transferApproval(approvalId, null, from, parsed.account.chainId, order.amount));
    return { approvalId };
  };
  estimateTransfer: WalletApi['estimateTransfer'] = async (order) => {
    await this.note('estimateTransfer', order);
    this.chainOf(order.chainId);
    if (this.options.estimateFailure) throw new WalletError(this.options.estimateFailure);
    return { fees: FEES };
  };
  listApplications: WalletApi['listApplications'] = async (params) => {
    await this.note('listApplications', params);
    return structuredClone(this.options.applications ?? applications);
  };
  queryApplication: WalletApi['queryApplication'] = async (asked) => {
    await this.note('queryApplication', asked);
    if (this.options.queryFailure) throw new WalletError(this.options.queryFailure);
    this.told = [...applicationTexts, answerTo(asked.query).response];
    return answerTo(asked.query);
  };
  prepareMutation: WalletApi['prepareMutation'] = async (asked) => {
    await this.note('prepareMutation', asked);
    const { chainId, applicationId, query } = asked;
    this.ids += 1;
    const approvalId = `own-${this.ids}`;
    const call = { kind: 'Application', applicationId, operationBytes: query.length } as const;
    this.add(blockApproval(approvalId, null, this.chainOf(chainId), [call]));
    return { approvalId };
  };
  getApproval: WalletApi['getApproval'] = async ({ id }) => {
    const approval = this.pending.get(id);
    return approval ? structuredClone(approval) : fail('NotFound', 'This is no longer waiting.');
  };
  approveConnect: WalletApi['approveConnect'] = async ({ id, chainIds, readsOthers = false }) => {
    await this.note('approveConnect', { id, chainIds, readsOthers });
    const origin = this.pending.get(id)?.origin ?? '';
    const now = Date.now();
    const added = { origin, chainIds, readsOthers, connectedAt: now, lastUsedAt: now };
    this.set({ sites: [...this.state.sites, added] });
    this.finish(id);
  };
  confirmBlock: WalletApi['confirmBlock'] = async ({ id, revision }) => {
    const approval = this.pending.get(id);
    if (approval?.kind !== 'block') return fail('NotFound', 'This is no longer waiting.');
    if (approval.revision !== revision) {
      fail('Conflict', 'Something has changed since this was shown. Look again.');
    }
    this.change(id, { status: 'committing' });
    await this.note('confirmBlock', { id, revision });
    const failure = this.options.confirmFailure;
    if (failure) {
      if (failure.money === 'Unknown') this.finish(id);
      else this.change(id, { status: 'failed', failure });
      throw new WalletError(failure);
    }
    this.finish(id);
    const { chainId, operations } = approval;
    const amount = operations.reduce((sum, line) => sum + paidBy(line), 0n);
    const chainBalance = this.chainOf(chainId).chainBalance - amount - FEES;
    this.setChain(chainId, { chainBalance });
    return { chainId, height: 7n, blockHash: '7c2f'.repeat(16), certificate: '00' };
  };
  allowHost: WalletApi['allowHost'] = async ({ id, origin }) => {
    await this.note('allowHost', { id, origin });
    const approval = this.pending.get(id);
    const chainBalance =
      approval?.kind === 'block' ? this.chainOf(approval.chainId).chainBalance : 0n;
    const network = this.state.network?.genesisHash ?? '';
    const allowed = { network, origin, allowedAt: Date.now() };
    this.set({ hosts: [allowed, ...this.state.hosts] });
    this.change(id, { status: 'ready', host: null, effects: effects(0n, chainBalance, []) });
    const shown = this.pending.get(id);
    if (shown?.kind === 'block') this.change(id, { block: blockOf(shown) });
  };
  forgetHost: WalletApi['forgetHost'] = async ({ network, origin }) => {
    await this.note('forgetHost', { network, origin });
    const others = this.state.hosts.filter(
      (one) => one.origin !== origin || one.network !== network,
    );
    this.set({ hosts: others });
  };
  approveText: WalletApi['approveText'] = async ({ id, signature }) => {
    await this.note('approveText', { id, signature });
    this.finish(id);
  };
  reject: WalletApi['reject'] = async ({ id }) => {
    await this.note('reject', { id });
    this.finish(id);
  };

  // --- the rest -------------------------------------------------------------------------------

  getActivity: WalletApi['getActivity'] = async ({ chainId, below, limit }) =>
    this.entries
      .filter((one) => one.chainId === chainId && (below === undefined || one.height < below))
      .slice(0, limit);
  getCertificate: WalletApi['getCertificate'] = async ({ blockHash }) => ({
    certificate: blockHash.repeat(8),
  });
  setSiteChains: WalletApi['setSiteChains'] = async ({ origin, chainIds, readsOthers = true }) => {
    await this.note('setSiteChains', { origin, chainIds, readsOthers });
    const sites = this.state.sites.map((one) =>
      one.origin === origin
        ? { ...one, chainIds, readsOthers: one.readsOthers && readsOthers }
        : one,
    );
    this.set({ sites });
  };
  revokeSite: WalletApi['revokeSite'] = async ({ origin }) => {
    await this.note('revokeSite', { origin });
    this.set({ sites: this.state.sites.filter((one) => one.origin !== origin) });
  };
  blockSite: WalletApi['blockSite'] = async ({ origin }) => {
    await this.note('blockSite', { origin });
    this.set({
      sites: this.state.sites.filter((one) => one.origin !== origin),
      blockedSites: [...this.state.blockedSites, origin],
    });
    const asked = [...this.pending.values()].filter((one) => one.origin === origin);
    for (const { id } of asked) this.finish(id);
  };
  unblockSite: WalletApi['unblockSite'] = async ({ origin }) => {
    await this.note('unblockSite', { origin });
    this.set({ blockedSites: this.state.blockedSites.filter((one) => one !== origin) });
  };
  setSettings: WalletApi['setSettings'] = async (change) => {
    await this.note('setSettings', change);
    this.set({ settings: { ...this.state.settings, ...change } });
  };
  listBackupChains: WalletApi['listBackupChains'] = async () => {
    const { name: networkName = '', faucetUrl = '' } = this.state.network ?? {};
    const where = { networkName, faucetUrl, genesisHash: this.state.network?.genesisHash ?? '' };
    return this.state.chains.map(({ chainId, owner, label }) => ({
      ...where,
      chainId,
      owner,
      label,
    }));
  };
  importBackupChains: WalletApi['importBackupChains'] = async ({ chains }) => {
    await this.note('importBackupChains', { chains });
    const message = 'No validator knows this chain.';
    const why = { code: 'UnknownChain', message } as const;
    const missing = chains.filter(({ chainId }) => chainId === nowhere);
    for (const one of chains) if (!missing.includes(one)) await this.trackChain(one);
    return { missing: missing.map((chain) => ({ chain, why })) };
  };
}
