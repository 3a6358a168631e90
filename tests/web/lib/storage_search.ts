// What an extension has stored: the files of its profile, and the values as it reads them itself
// (databases may compress their files).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { findIn, type Needle } from './needles.ts';

interface FolderSearch {
  files: number;
  bytes: number;
  finds: string[];
}

export function searchFolder(folder: string, needles: readonly Needle[]): FolderSearch {
  const search: FolderSearch = { files: 0, bytes: 0, finds: [] };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = contentOf(path);
    search.files += 1;
    search.bytes += bytes.length;
    const found = findIn(bytes, needles);
    search.finds.push(...found.map(({ needle, at }) => `${needle} in ${path} at ${at}`));
  }
  return search;
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0); // the browser took it away
  }
}

/** All values of chrome.storage and IndexedDB, by name; on a page of the extension. */
export async function storedValues(page: Page): Promise<Map<string, Buffer>> {
  const values = await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
    const found: [string, string][] = [];
    const add = (name: string, bytes: Uint8Array) => {
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192) {
        text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      }
      found.push([name, btoa(text)]);
    };
    const walk = (name: string, value: unknown): void => {
      if (value instanceof ArrayBuffer) add(name, new Uint8Array(value));
      else if (ArrayBuffer.isView(value)) {
        add(name, new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      } else if (typeof value === 'string') add(name, new TextEncoder().encode(value));
      else if (typeof value === 'object' && value !== null) {
        for (const [key, one] of Object.entries(value)) walk(`${name}.${key}`, one);
      }
    };
    walk('storage.local', await chrome.storage.local.get());
    walk('storage.session', await chrome.storage.session.get());
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name!));
      for (const store of database.objectStoreNames) {
        const values = database.transaction(store).objectStore(store).getAll();
        walk(`${name}.${store}`, await done(values));
      }
      database.close();
    }
    return found;
  });
  return new Map(values.map(([name, base64]) => [name, Buffer.from(base64, 'base64')]));
}
