// What a worker does not need is taken from it before other code runs, so that code which got in
// through data has nothing to send or store with. What is needed is kept by whoever took it first.

/** Of globalThis and of its navigator; what a browser does not have is no fault. */
interface Abilities {
  global: readonly string[];
  navigator: readonly string[];
}

const remote = [
  'XMLHttpRequest',
  'EventSource',
  'WebTransport',
  'WebSocketStream',
  'RTCPeerConnection',
];
const shared = ['importScripts', 'caches', 'BroadcastChannel', 'SharedWorker', 'Worker'];

/** The vault speaks to nobody and stores nothing by itself. */
export const notForVault: Abilities = {
  global: [...remote, ...shared, 'fetch', 'fetchLater', 'WebSocket', 'indexedDB'],
  navigator: ['storage', 'serviceWorker', 'sendBeacon', 'storageBuckets', 'locks'],
};
/** The engine asks validators and has a store. */
export const notForEngine: Abilities = {
  global: [...remote, ...shared],
  navigator: ['storage', 'serviceWorker', 'sendBeacon', 'storageBuckets'],
};

/** Who asks a host outside has fetch, and no store or door beside. */
export const notForHosts: Abilities = {
  ...notForVault,
  global: notForVault.global.filter((name) => name !== 'fetch'),
};

export function drop({ global, navigator }: Abilities, scope: object = globalThis): void {
  for (const name of global) take(scope, name);
  const there = (scope as { navigator?: object }).navigator;
  if (there) for (const name of navigator) take(there, name);
}

// Also from prototypes: what is only hidden could be called from there.
function take(object: object, name: string): void {
  const gone = { value: undefined, writable: false, configurable: false };
  for (let at: object | null = object; at; at = Object.getPrototypeOf(at) as object | null) {
    if (Object.hasOwn(at, name)) Object.defineProperty(at, name, gone);
  }
}

/** Databases whose names begin so, and no others. */
export function onlyDatabases(prefix: string, factory: IDBFactory): void {
  const prototype = Object.getPrototypeOf(factory) as IDBFactory;
  for (const verb of ['open', 'deleteDatabase'] as const) {
    const original = prototype[verb];
    const value = function (this: IDBFactory, name: string, version?: number) {
      // Once: a name that reads otherwise the second time passes nothing.
      const text = String(name);
      if (!text.startsWith(prefix)) throw new DOMException('not for this worker', 'SecurityError');
      return version === undefined ? original.call(this, text) : original.call(this, text, version);
    };
    Object.defineProperty(prototype, verb, { value, writable: false, configurable: false });
  }
}
