// The person's settings, as they are stored.
import type { Settings } from '@mica/wallet-contract/api';
import type { Outside } from './outside.ts';

export const defaultSettings: Settings = {
  theme: 'system',
  autoReceive: true,
  receiveFeeCap: 10n ** 16n,
  lockAfterMinutes: 10,
  notifications: true,
};

const KEY = 'settings';

interface StoredSettings extends Omit<Settings, 'receiveFeeCap'> {
  receiveFeeCap: string;
}

export async function loadSettings(storage: Pick<Outside, 'load'>): Promise<Settings> {
  const stored = await storage.load<StoredSettings>(KEY);
  if (!stored) return defaultSettings;
  return { ...defaultSettings, ...stored, receiveFeeCap: BigInt(stored.receiveFeeCap) };
}

export async function saveSettings(
  storage: Pick<Outside, 'save'>,
  settings: Settings,
): Promise<void> {
  const stored: StoredSettings = {
    ...settings,
    receiveFeeCap: settings.receiveFeeCap.toString(),
  };
  await storage.save(KEY, stored);
}
