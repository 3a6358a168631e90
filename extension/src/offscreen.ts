// The page nobody sees: holds the engine worker and the vault worker, hands ports to them and
// passes on what they ask of the browser. It has no runtime.onMessage and never looks into a port.
import type { HostQuestion } from '@mica/bindings/ask_host';
import { textOf } from '@mica/bindings/error_text';
import type { Blame } from '@mica/bindings/left_out';
import { systemClock, wakeIn } from '@mica/bindings/wake';
import { Courier } from './background/courier.ts';
import { HostAsker, type HostWorker } from './background/host_asker.ts';
import { DocumentLines } from './background/document_lines.ts';
import { AbortNotes, RestartDelay, type Aborts } from './background/restarts.ts';
import { RefusedDocuments } from './background/refused_documents.ts';
import { mayPass, scoped, unscoped, type Name } from './background/scopes.ts';
import { askForValue } from './shared/ask.ts';
import type { FromOffscreen, FromWorker, ToOffscreen, ToWorker } from './shared/wire.ts';

const start = (file: string) => new Worker(new URL(file, location.href), { type: 'module' });
const tell = (worker: Worker, message: ToWorker, ports: Transferable[] = []) =>
  worker.postMessage(message, ports);

// The quick way to the service worker, while it runs.
let line: MessagePort | null = null;

const courier = new Courier({
  // What was not confirmed goes the long way: that starts the service worker when it was stopped.
  async post(message, port, again) {
    if (line && !again) return line.postMessage(message, [port]);
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage(message, [port]);
  },
  clock: systemClock,
  newId: () => crypto.randomUUID(),
});
const toServiceWorker = (message: FromOffscreen, answer?: MessagePort) =>
  courier.send(message, (said) => answer?.postMessage(said));
const ask = (message: FromOffscreen) =>
  askForValue((question: FromOffscreen, [port]) => {
    toServiceWorker(question, port as MessagePort);
  }, message);

const delays = { engine: new RestartDelay(Date.now), vault: new RestartDelay(Date.now) };
const workers = { engine: run('engine'), vault: run('vault') };
const refused = new RefusedDocuments();

function run(name: Name): Worker {
  const worker = start(`${name}_worker.js`);
  let heard = false;
  worker.onmessage = ({ data, ports }: MessageEvent<FromWorker>) => {
    heard = true;
    if (!mayPass(name, data)) return console.error(`mica: the ${name} asked for ${data.kind}`);
    if (data.kind === 'askHost') return void askHost(data.question, ports[0]);
    if (data.kind !== 'died') return forward(name, data, ports[0]);
    ended(name, worker, data.reason, data.blame ?? null);
  };
  // One that cannot even begin; later a stray error is no end.
  worker.onerror = ({ message }) => {
    if (!heard) ended(name, worker, message, null);
  };
  return worker;
}

function forward(name: Name, message: FromOffscreen, answer?: MessagePort): void {
  courier.send(scoped(name, message), (said) => answer?.postMessage(unscoped(name, message, said)));
}

const hosts = new HostAsker({
  clock: systemClock,
  start: () => start('host_worker.js') as HostWorker,
  isAllowed: async (origin) => (await ask({ kind: 'hostAllowed', origin })) === true,
});

async function askHost(question: HostQuestion, port?: MessagePort): Promise<void> {
  const said = await hosts.ask(question).then(
    (value) => ({ value }),
    (error: unknown) => ({ error: textOf(error) }),
  );
  port?.postMessage(said);
}

function ended(name: Name, worker: Worker, reason: string, blame: Blame | null): void {
  if (workers[name] !== worker || ending.has(worker)) return;
  ending.add(worker);
  console.error(`mica: the ${name} stopped:`, reason);
  worker.terminate();
  const wait = delays[name].next();
  if (name === 'engine') {
    tell(workers.vault, { kind: 'engineStopped', retryAt: Date.now() + wait });
    if (blame?.$ === 'Asker') refused.refuse(blame.origin);
  }
  const noted = name === 'engine' ? aborts.note(blame) : Promise.resolve();
  wakeIn(wait, () => void noted.finally(() => restart(name)));
}
const ending = new WeakSet<Worker>();

// The next engine reads it at its start, also after the browser was closed.
const aborts = new AbortNotes(
  {
    load: () => ask({ kind: 'load', key: 'engine/aborts' }) as Promise<Aborts | null>,
    save: async (value) => void (await ask({ kind: 'save', key: 'engine/aborts', value })),
  },
  Date.now,
);

function joinWorkers(): void {
  const { port1, port2 } = new MessageChannel();
  tell(workers.engine, { kind: 'vaultPort' }, [port1]);
  tell(workers.vault, { kind: 'enginePort' }, [port2]);
}

// From storage, with a new port to the other; windows hear from the vault that the engine is back,
// or notice that their port is silent.
function restart(name: Name): void {
  delays[name].started();
  workers[name] = run(name);
  joinWorkers();
  tell(workers.vault, { kind: 'engineStopped', retryAt: null });
  toServiceWorker({ kind: 'started' });
}

function fromServiceWorker({ data, ports }: MessageEvent<ToOffscreen>): void {
  const [port, vaultPort] = ports;
  if (data.kind === 'line') {
    if (port) takeLine(port);
  } else if (data.kind === 'window') {
    if (!port || !vaultPort) return;
    tell(workers.engine, { kind: 'windowPort' }, [port]);
    tell(workers.vault, { kind: 'windowPort' }, [vaultPort]);
  } else if (data.kind === 'lock') {
    tell(workers.vault, data);
  } else if (data.kind === 'page') {
    const answer = refused.answerTo(data.page, data.message);
    if (answer === null) tell(workers.engine, data);
    else if (answer !== '') toServiceWorker({ kind: 'toPage', ...data.page, text: answer });
  } else {
    if (data.kind === 'gone') return documentGone(data.documentId);
    if (data.kind === 'tick') tell(workers.vault, data);
    tell(workers.engine, data);
  }
}

function documentGone(documentId: string): void {
  refused.gone(documentId);
  tell(workers.engine, { kind: 'gone', documentId });
}

function takeLine(port: MessagePort): void {
  line = port;
  port.onmessage = fromServiceWorker;
  port.addEventListener('close', () => {
    if (line === port) line = null;
  });
}

// Content scripts hold a line to this page, over which nothing is said: each side hears when the
// other ends, however it does.
const lines = new DocumentLines(documentGone);
chrome.runtime.onConnect.addListener((port) => lines.opened(port, chrome.runtime.id));

navigator.serviceWorker.addEventListener('message', (event) =>
  fromServiceWorker(event as MessageEvent<ToOffscreen>),
);
navigator.serviceWorker.startMessages();
joinWorkers();
toServiceWorker({ kind: 'started' });
