// Applications as a program names and calls them: hex texts, JSON or bytes.
import { decode, encode, fromHex, type ApplicationId, type ModuleId } from '@mica/bindings';
import { ClientError } from './errors.ts';
import { hashOf, toHex } from './texts.ts';

/** Bytes as they are, or any value that JSON has. */
export type Payload = Uint8Array | JsonValue;
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** What an application gets: JSON, by the convention of Linera's SDK, unless it is bytes. */
export const payloadBytes = (payload: Payload): Uint8Array =>
  payload instanceof Uint8Array ? payload : new TextEncoder().encode(JSON.stringify(payload));

/** 64 hex digits. */
export const applicationIdOf = (text: string): ApplicationId => ({
  application_description_hash: hashOf(text),
});

/** 130 hex digits, as upstream writes it: both blobs' hashes and the kind of machine. */
export const moduleIdText = (id: ModuleId): string => toHex(encode('ModuleId', id));
export function moduleIdOf(text: string): ModuleId {
  try {
    return decode('ModuleId', fromHex(text));
  } catch {
    throw new ClientError('InvalidInput', 'a module id has 130 hex digits');
  }
}
