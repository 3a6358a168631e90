// The browser's own leave to reach a host: none stands before a person gave it, in a click.

/** Exactly that origin: a pattern without a port is for all ports. */
export function patternOf(origin: string): string {
  const { protocol, hostname, port, origin: whole } = new URL(origin);
  const isPlain = whole === origin && /^https?:$/.test(protocol) && /^[\w.-]+$/.test(hostname);
  if (!isPlain) throw new Error('not one origin of the web');
  return `${protocol}//${hostname}:${port || (protocol === 'https:' ? '443' : '80')}/*`;
}

const its = (origin: string) => ({ origins: [patternOf(origin)] });

/** Only in answer to a click: first thing in it. */
export const requestHost = (origin: string): Promise<boolean> =>
  chrome.permissions.request(its(origin));

export const hostAllowed = (origin: string): Promise<boolean> =>
  chrome.permissions.contains(its(origin));

/** Where the browser does not give it up, the wallet's own list says no all the same. */
export const dropHost = async (origin: string): Promise<void> =>
  void (await chrome.permissions.remove(its(origin)).catch((error: unknown) => {
    console.warn('mica:', error);
  }));
