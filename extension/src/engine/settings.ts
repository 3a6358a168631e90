// The person's settings, as they are stored.
import { LANGUAGES, type Settings } from '@mica/wallet-contract/api';
import type { Outside } from './outside.ts';

const defaultSettings: Settings = {
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

export class PersonSettings {
  current = defaultSettings;

  constructor(private readonly storage: Pick<Outside, 'load' | 'save'>) {}

  async load(): Promise<void> {
    const stored = await this.storage.load<StoredSettings>(KEY);
    if (!stored) return;
    const settings = { ...defaultSettings, ...stored, receiveFeeCap: BigInt(stored.receiveFeeCap) };
    // Another version of the wallet may have spoken more.
    const { language } = isLanguage(settings.language) ? settings : defaultSettings;
    this.current = { ...settings, language };
  }

  /** At once; stored when it resolves. */
  async change(change: Partial<Settings>): Promise<void> {
    this.current = { ...this.current, ...change };
    const receiveFeeCap = this.current.receiveFeeCap.toString();
    const stored: StoredSettings = { ...this.current, receiveFeeCap };
    await this.storage.save(KEY, stored);
  }
}
