// Where we are: the part of the address behind '#'. No library: routes are short.
import {
  createContext,
  createElement,
  useCallback,
  useContext,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { MessageId } from '../words/catalogue.ts';

interface Route {
  /** '/send' gives ['send']; home gives []. */
  path: string[];
  query: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#?\/?/, '');
  const [path = '', query = ''] = text.split('?', 2);
  return { path: path.split('/').filter(Boolean).map(decode), query: new URLSearchParams(query) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const listeners = new Set<() => void>();
// All in one go: React renders from the top then, and a screen that goes never sees the new place.
const moved = () => listeners.forEach((listener) => listener());
const subscribe = (listener: () => void) => {
  if (listeners.size === 0) addEventListener('hashchange', moved);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('hashchange', moved);
  };
};

/** Without a window. */
const nowhere = () => '';

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash, nowhere));
}

function change(path: string, replace: boolean): void {
  if (!replace) {
    location.hash = path;
    return;
  }
  enter(path);
}

/** Where the window goes on when a wallet was just made or deleted: its screen goes with that. */
export function enter(path: string): void {
  const url = new URL(location.href);
  url.hash = path;
  history.replaceState(null, '', url);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/** '/chains'; parts that come from elsewhere are encoded by `route`. */
export type Go = (path: string, options?: { replace?: boolean }) => void;

const Here = createContext<{ readonly current: boolean }>({ current: true });

const Title = createContext<MessageId | null>(null);

/** Of the route that is shown; null outside of routes. */
export const usePlace = (): MessageId | null => useContext(Title);

/** One place of the wallet: from when it appears until another takes its place. */
export function Screen({ title, children }: { title: MessageId; children: ReactNode }) {
  const here = useRef(false);
  // Before the effects of what is in it.
  useLayoutEffect(() => {
    here.current = true;
    return () => void (here.current = false);
  }, []);
  const titled = createElement(Title.Provider, { value: title }, children);
  return createElement(Here.Provider, { value: here }, titled);
}

/**
 * How a screen moves on. Once it has gone it moves nothing: what it waited for may end while the
 * person is elsewhere. A part of it that goes, as what it was about has gone, still moves it.
 */
export function useGo(): Go {
  const here = useContext(Here);
  return useCallback(
    (path, { replace = false } = {}) => {
      if (here.current) change(path, replace);
    },
    [here],
  );
}

export const route = (...parts: string[]): string => `/${parts.map(encodeURIComponent).join('/')}`;
