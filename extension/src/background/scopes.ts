// Each worker has its own part of the extension's own storage and its own list of what it may ask
// for; the offscreen page holds it to them, whatever the worker says.
import type { FromOffscreen, FromWorker } from '../shared/wire.ts';
import type { OwnStorage } from './own_storage.ts';

export type Name = 'engine' | 'vault';

const mayAsk: Record<Name, ReadonlySet<FromWorker['kind']>> = {
  engine: new Set([
    'toPage',
    'badge',
    'notify',
    'openApprovalWindow',
    'askHost',
    'dropHost',
    'load',
    'keys',
    'save',
    'died',
  ]),
  vault: new Set(['load', 'save', 'died']),
};

export const mayPass = (name: Name, { kind }: FromWorker): boolean => mayAsk[name].has(kind);

/** The same message, about that worker's own part. */
export function scoped<M extends FromOffscreen>(name: Name, message: M): M {
  if (message.kind === 'load' || message.kind === 'save') {
    return { ...message, key: `${name}/${message.key}` };
  }
  if (message.kind === 'keys') return { ...message, prefix: `${name}/${message.prefix}` };
  return message;
}

/** And what was answered to it, without the name. */
export function unscoped(name: Name, message: FromOffscreen, said: unknown): unknown {
  const value = (said as { value?: unknown } | null)?.value;
  if (message.kind !== 'keys' || !Array.isArray(value)) return said;
  return { value: (value as string[]).map((key) => key.slice(name.length + 1)) };
}

const FORMAT = 'mica/format';
const ofVault = new Set(['vault', 'throttle', 'fastSigned', 'keepFollowed']);
const byName = [...ofVault, 'settings'];

/** What was stored when there was one part for all; again after it was cut off in the middle. */
export async function moveToScopes(own: OwnStorage): Promise<void> {
  if ((await own.load(FORMAT)) === 2) return;
  // A place that cannot tell its keys: the vault's are moved all the same, the rest another time.
  const all = await own.keys('mica/').catch(() => null);
  for (const old of all ?? byName.map((key) => `mica/${key}`)) {
    const key = old.slice('mica/'.length);
    if (key === 'format' || key.startsWith('engine/') || key.startsWith('vault/')) continue;
    const value = await own.load(old);
    if (value === null) continue;
    for (const name of ownersOf(key)) {
      const moved = `mica/${name}/${key}`;
      if ((await own.load(moved)) === null) await own.save(moved, value);
    }
    await own.save(old, null);
  }
  if (all) await own.save(FORMAT, 2);
}

// Both have settings of their own.
function ownersOf(key: string): Name[] {
  if (key === 'settings') return ['engine', 'vault'];
  return [ofVault.has(key) ? 'vault' : 'engine'];
}
