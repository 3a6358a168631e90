// What every engine worker does, whatever Client it has: ports in, pages' requests in, the wallet
// service between them.
import version from 'mica:version';
import type { AccountSignature } from '@mica/bindings/types';
import { ClientError, signingError, type Sign, type SignRequest } from '@mica/bindings/client_host';
import { textOf } from '@mica/bindings/error_text';
import type { Blame } from '@mica/bindings/left_out';
import { WalletError, type WalletApi, type WalletEvents } from '@mica/wallet-contract/api';
import { hashFromText } from '@mica/bindings/text';
import { systemClock } from '@mica/bindings/wake';
import { remote, serve } from '@mica/wallet-contract/port_rpc';
import { askForValue } from '../shared/ask.ts';
import { postToPage as post, type ToWorker } from '../shared/wire.ts';
import type { SignerApi, SignerEvents } from '../vault/signer_api.ts';
import { approvalWindowClosed } from './approval_window.ts';
import type { Engine } from './engine.ts';
import type { Faucet } from './faucet.ts';
import type { EngineOptions, Outside } from './outside.ts';
import { toError } from './page_answers.ts';
import { walletMethods } from './wallet_methods.ts';
import { WalletService } from './wallet_service.ts';

interface EngineHooks extends EngineOptions {
  sign: Sign;
  /** The instance is dead: this worker ends, and a new one begins from storage. */
  onDeath(reason: unknown, blame?: Blame | null): void;
}

interface EngineParts {
  faucet(url: string): Faucet;
  openEngine(genesisJson: string, hooks: EngineHooks): Promise<Engine>;
  deleteStores: Outside['deleteStores'];
}

type Signer = ReturnType<typeof remote<SignerApi, SignerEvents>>;
let signer: Signer | null = null;

async function sign({ owner, network, content }: SignRequest): Promise<AccountSignature> {
  if (!signer) throw new ClientError('SignerLocked', 'the vault is not there yet');
  try {
    return (await signer.sign({ owner, network, content })).signature;
  } catch (error) {
    const code = error instanceof WalletError ? error.code : '';
    throw signingError(code, textOf(error));
  }
}

const base: Omit<Outside, 'openEngine' | 'faucet' | 'deleteStores'> = {
  clock: systemClock,
  load: <T>(key: string) => askForValue(post, { kind: 'load', key }) as Promise<T | null>,
  save: async (key, value) => void (await askForValue(post, { kind: 'save', key, value })),
  keys: (prefix) => askForValue(post, { kind: 'keys', prefix }) as Promise<string[]>,
  unapprove: (network, block) =>
    void signer?.unapprove({ network: hashFromText(network), block }).catch(console.warn),
  toPage: ({ tabId, documentId }, text) => post({ kind: 'toPage', tabId, documentId, text }),
  badge: (badge, language) => post({ kind: 'badge', badge, language }),
  notify: (notice, language) => post({ kind: 'notify', notice, language }),
  askHost: (question) =>
    askForValue(post, { kind: 'askHost', question }) as ReturnType<Outside['askHost']>,
  dropHost: (origin) => post({ kind: 'dropHost', origin }),
  openApprovalWindow: () => post({ kind: 'openApprovalWindow' }),
  newId: () => crypto.randomUUID(),
};

function windowPort(service: WalletService, port: MessagePort): void {
  const { emit } = serve<WalletApi, WalletEvents>(port, walletMethods(service), {
    pinged: ({ seen }) => seen && service.windows.seen(emit),
    left: (done) => leave(done),
  });
  const leave = service.windows.attach(emit);
}

function vaultPort(service: WalletService, port: MessagePort): void {
  signer = remote<SignerApi, SignerEvents>(port);
  signer.on('state', (state) => service.vaultChanged(state));
  void signer.hello({});
}

async function fromPage(
  service: WalletService,
  { page, message }: Extract<ToWorker, { kind: 'page' }>,
): Promise<void> {
  if (message.kind === 'attach') return service.pages.attach(page);
  const { request, activated } = message;
  const { id } = request;
  const answer = await service.pages.request(page, request, activated).then(
    (result) => ({ kind: 'answer', id, result: result ?? null }),
    (error: unknown) => ({ kind: 'answer', id, error: toError(error) }),
  );
  base.toPage(page, JSON.stringify(answer));
}

export function runWallet({ faucet, openEngine, deleteStores }: EngineParts): void {
  const onDeath = (reason: unknown, blame: Blame | null = null) =>
    post({ kind: 'died', reason: String(reason), blame });
  const service = new WalletService(
    {
      ...base,
      faucet,
      deleteStores,
      openEngine: (genesis, options) => openEngine(genesis, { ...options, sign, onDeath }),
    },
    version,
  );
  const started = service.start().catch((error: unknown) => console.error('mica:', error));
  self.onmessage = ({ data, ports }: MessageEvent<ToWorker>) => {
    const [port] = ports;
    if (data.kind === 'windowPort' && port) windowPort(service, port);
    else if (data.kind === 'vaultPort' && port) vaultPort(service, port);
    else if (data.kind === 'page') void started.then(() => fromPage(service, data));
    else if (data.kind === 'tick') service.tick();
    else if (data.kind === 'updated') void started.then(() => service.updated());
    else if (data.kind === 'gone') service.pages.detach(data.documentId);
    else if (data.kind === 'approvalWindowClosed') void approvalWindowClosed(service);
  };
  self.addEventListener('online', () => service.session?.engine.online());
}
