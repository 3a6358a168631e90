// Between the page's world and the content script: JSON strings by window.postMessage. Anybody in
// the page can read and write these; nothing here is believed that the browser does not say.

export const TO_CONTENT = 'mica:to-content';
export const TO_PAGE = 'mica:to-page';

interface Envelope {
  target: typeof TO_CONTENT | typeof TO_PAGE;
  text: string;
}

export function readEnvelope(event: MessageEvent, target: Envelope['target']): string | null {
  if (event.source !== window || event.origin !== location.origin) return null;
  const data = event.data as Partial<Envelope> | null;
  return data?.target === target && typeof data.text === 'string' ? data.text : null;
}

export function postEnvelope(target: Envelope['target'], text: string): void {
  window.postMessage({ target, text } satisfies Envelope, location.origin);
}
