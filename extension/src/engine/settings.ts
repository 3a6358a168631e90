// The person's settings, as they are stored.
import { LANGUAGES, type Settings } from '@mica/wallet-contract/api';
import type { Outside } from './outside.ts';

export const defaultSettings: Settings = {
  theme: 'system',
  language: 'browser',
  autoReceive: true,
  receiveFeeCap: 10n ** 16n,
  lockAfterMinutes: 10,
  notifications: true,
};

export const isLanguage = (name: Settings['language']): boolean =>
  name === 'browser' || LANGUAGES.includes(name);

const KEY = 'settings';

interface StoredSettings extends Omit<Settings, 'receiveFeeCap'> {
  receiveFeeCap: string;
}

export async function loadSettings(storage: Pick<Outside, 'load'>): Promise<Settings> {
  const stored = await storage.load<StoredSettings>(KEY);
  if (!stored) return defaultSettings;
  const settings = { ...defaultSettings, ...stored, receiveFeeCap: BigInt(stored.receiveFeeCap) };
  // Another version of the wallet may have spoken more.
  const { language } = isLanguage(settings.language) ? settings : defaultSettings;
  return { ...settings, language };
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
