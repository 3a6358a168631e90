// Where we are: the part of the address behind '#'. No library: routes are short.
import { useSyncExternalStore } from 'react';

export interface Route {
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

const subscribe = (listener: () => void) => {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
};

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash));
}

/** '/chains'; parts that come from elsewhere are encoded by `route`. */
export function go(path: string, { replace = false } = {}): void {
  if (!replace) {
    location.hash = path;
    return;
  }
  const url = new URL(location.href);
  url.hash = path;
  history.replaceState(null, '', url);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

export const route = (...parts: string[]): string => `/${parts.map(encodeURIComponent).join('/')}`;
