// Applications as a program names and calls them: hex texts, JSON or bytes.
import type { ApplicationId, ModuleId } from '@mica/bindings';
import { moduleIdFromText } from '@mica/bindings/modules';
import { ClientError } from './errors.ts';
import { hashOf } from './texts.ts';

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

/** 130 hex digits. */
export function moduleIdOf(text: string): ModuleId {
  const id = moduleIdFromText(text);
  if (!id) throw new ClientError('InvalidInput', 'a module id has 130 hex digits');
  return id;
}
