// What the engine asks of the browser: badge, notices, the approval window, messages to pages and
// the extension's own storage. State that must survive a stop lies in storage.session.
import { WINDOW_PATH } from '../doors/internal.ts';
import { outsideWords } from '@mica/web/outside';
import type { Badge, ChosenLanguage, Notice } from '../shared/said.ts';
import { badgeTitle, noticeText } from './said.ts';
import { moveToScopes } from './scopes.ts';
import { chromePlace, IdbPlace, OwnStorage } from './own_storage.ts';

const APPROVAL = 'approvalWindow';
const asking = '#b45309';
const quiet = '#475569';
const wordsIn = (language: ChosenLanguage) => outsideWords(language, navigator.languages);

export async function showBadge(badge: Badge, language: ChosenLanguage): Promise<void> {
  const { text, says } = badge;
  await chrome.action.setBadgeText({ text });
  await chrome.action.setBadgeBackgroundColor({ color: says === 'asks' ? asking : quiet });
  await chrome.action.setTitle({ title: badgeTitle(badge, wordsIn(language)) });
}

/** The same id again is the same notice. */
export async function showNotice(asked: {
  id?: string;
  notice: Notice;
  language: ChosenLanguage;
}): Promise<void> {
  const { id = crypto.randomUUID(), notice, language } = asked;
  await chrome.notifications.create(id, {
    type: 'basic',
    iconUrl: chrome.runtime.getURL('icons/128.png'),
    ...noticeText(notice, wordsIn(language)),
  });
}

export const openTab = (route = '') =>
  chrome.tabs.create({ url: chrome.runtime.getURL(`${WINDOW_PATH}?page=tab${route}`) });

/** One window for the whole queue; brought to the front if it is open. */
export async function openApprovalWindow(): Promise<void> {
  await navigator.locks.request('approval-window', async () => {
    const { [APPROVAL]: id } = await chrome.storage.session.get(APPROVAL);
    if (typeof id === 'number') {
      const there = await chrome.windows.get(id).catch(() => null);
      if (there) {
        await chrome.windows.update(id, { focused: true, drawAttention: true });
        return;
      }
    }
    const made = await chrome.windows.create({
      url: chrome.runtime.getURL(`${WINDOW_PATH}?page=approval`),
      type: 'popup',
      width: 400,
      height: 660,
      focused: true,
    });
    await chrome.storage.session.set({ [APPROVAL]: made?.id });
  });
}

/** Whether it was the approval window that closed. */
export async function approvalWindowClosed(windowId: number): Promise<boolean> {
  const { [APPROVAL]: id } = await chrome.storage.session.get(APPROVAL);
  if (id !== windowId) return false;
  await chrome.storage.session.remove(APPROVAL);
  return true;
}

/** False when that document is gone. */
export async function toPage(tabId: number, documentId: string, text: string): Promise<boolean> {
  try {
    await chrome.tabs.sendMessage(tabId, text, { documentId });
    return true;
  } catch {
    return false;
  }
}

const own = new OwnStorage([chromePlace, new IdbPlace(indexedDB)]);
let moving: Promise<void> | null = null;
// Once in this worker's life; what fails is tried again with the next question.
const moved = () =>
  (moving ??= moveToScopes(own).catch((error: unknown) => {
    moving = null;
    throw error;
  }));
/** Keys have the name of the worker that they belong to in front. */
export const load = (key: string): Promise<unknown> => moved().then(() => own.load(`mica/${key}`));
export const keys = async (prefix: string): Promise<string[]> => {
  await moved();
  return (await own.keys(`mica/${prefix}`)).map((key) => key.slice('mica/'.length));
};
export const save = (key: string, value: unknown): Promise<void> =>
  moved().then(() => own.save(`mica/${key}`, value));

/** After a crash of the engine: pages that listen attach again. */
export async function tellAllPages(text: string): Promise<void> {
  for (const tab of await chrome.tabs.query({})) {
    if (tab.id !== undefined) {
      await chrome.tabs.sendMessage(tab.id, text, { frameId: 0 }).catch(() => undefined);
    }
  }
}
