// The page nobody sees: holds the engine worker and the vault worker, hands ports to them and
// passes on what they ask of the browser. It has no runtime.onMessage and never looks into a port.
import { Courier } from './background/courier.ts';
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
  later: (ms, run) => void setTimeout(run, ms),
  newId: () => crypto.randomUUID(),
});
const toServiceWorker = (message: FromOffscreen, answer?: MessagePort) =>
  courier.send(message, (said) => answer?.postMessage(said));

type Name = 'engine' | 'vault';
const workers = { engine: run('engine'), vault: run('vault') };

function run(name: Name): Worker {
  const worker = start(`${name}_worker.js`);
  worker.onmessage = ({ data, ports }: MessageEvent<FromWorker>) => {
    if (data.kind !== 'died') return toServiceWorker(data, ports[0]);
    if (workers[name] !== worker) return;
    console.error(`mica: the ${name} stopped:`, data.reason);
    worker.terminate();
    setTimeout(() => restart(name), 1000);
  };
  return worker;
}

function joinWorkers(): void {
  const { port1, port2 } = new MessageChannel();
  tell(workers.engine, { kind: 'vaultPort' }, [port1]);
  tell(workers.vault, { kind: 'enginePort' }, [port2]);
}

// From storage, with a new port to the other; windows notice that their port is silent.
function restart(name: Name): void {
  workers[name] = run(name);
  joinWorkers();
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
  } else {
    if (data.kind === 'tick') tell(workers.vault, data);
    tell(workers.engine, data);
  }
}

function takeLine(port: MessagePort): void {
  line = port;
  port.onmessage = fromServiceWorker;
  port.addEventListener('close', () => {
    if (line === port) line = null;
  });
}

navigator.serviceWorker.addEventListener('message', (event) =>
  fromServiceWorker(event as MessageEvent<ToOffscreen>),
);
navigator.serviceWorker.startMessages();
joinWorkers();
toServiceWorker({ kind: 'started' });
