// The body of an answer, read piece by piece, so that no more than a limit ever lies in memory.
// A longer one is a RangeError.

export async function readLimited(
  answer: Pick<Response, 'body'>,
  mostBytes: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = answer.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length;
    if (length > mostBytes) {
      await reader?.cancel();
      throw new RangeError(`an answer of more than ${mostBytes} bytes`);
    }
    parts.push(part.value);
  }
  if (parts.length === 1) return parts[0]!;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
