// What a secret looks like wherever it may lie: raw, hex, base64 and as two-byte text.
export interface Needle {
  name: string;
  bytes: Buffer;
}

// Of ASCII.
const utf32 = (text: Buffer) => Buffer.from(Uint32Array.from(text).buffer);
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

// The characters of base64 that the secret alone decides, when so many bytes stand before it.
function base64At(secret: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), secret]).toString('base64');
  const first = Math.ceil((8 * before) / 6);
  const end = Math.floor((8 * (before + secret.length)) / 6);
  return text.slice(first, end);
}

/** `text`: the secret is text; otherwise it is bytes and has no two-byte form of its own. */
export function needlesOf(name: string, secret: Buffer, text: boolean): Needle[] {
  const hex = secret.toString('hex');
  const texts: [string, string][] = [
    ['hex', hex],
    ['HEX', hex.toUpperCase()],
  ];
  for (const before of [0, 1, 2]) {
    const base64 = base64At(secret, before);
    texts.push([`base64+${before}`, base64]);
    const url = base64.replaceAll('+', '-').replaceAll('/', '_');
    if (url !== base64) texts.push([`base64url+${before}`, url]);
  }
  const needles = [{ name: `${name} raw`, bytes: secret }];
  if (text) {
    needles.push({ name: `${name} UTF-16`, bytes: utf16(secret.toString()) });
    needles.push({ name: `${name} UTF-32`, bytes: utf32(secret) });
  }
  for (const [form, value] of texts) {
    needles.push({ name: `${name} ${form}`, bytes: Buffer.from(value) });
    needles.push({ name: `${name} ${form} UTF-16`, bytes: utf16(value) });
  }
  return needles;
}

export interface Find {
  needle: string;
  at: number;
}

/** Every place in `hay` where one of them begins. */
export function findIn(hay: Buffer, needles: readonly Needle[]): Find[] {
  const finds: Find[] = [];
  for (const { name, bytes } of needles) {
    for (let at = hay.indexOf(bytes); at >= 0; at = hay.indexOf(bytes, at + 1)) {
      finds.push({ needle: name, at });
    }
  }
  return finds;
}

export const longest = (needles: readonly Needle[]): number =>
  Math.max(...needles.map(({ bytes }) => bytes.length));
