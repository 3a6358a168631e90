// Reads BCS bytes; throws a CodecError at the first that no encoder would have written.
import { CodecError, type CodecCode } from './error.ts';

const maxLength = 0x7fffffff;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class Reader {
  readonly path: string[] = [];
  offset = 0;
  private readonly view: DataView;

  constructor(
    private readonly input: Uint8Array,
    private readonly blank?: (length: number) => Uint8Array,
  ) {
    this.view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  }

  fail(code: CodecCode): never {
    throw new CodecError(code, this.path.join('.'));
  }
  private skip(count: number): number {
    const at = this.offset;
    if (count > this.input.length - at) this.fail('Truncated');
    this.offset += count;
    return at;
  }

  u8(): number {
    return this.view.getUint8(this.skip(1));
  }
  u16(): number {
    return this.view.getUint16(this.skip(2), true);
  }
  u32(): number {
    return this.view.getUint32(this.skip(4), true);
  }
  u64(): bigint {
    return this.view.getBigUint64(this.skip(8), true);
  }
  u128(): bigint {
    const low = this.u64();
    return (this.u64() << 64n) | low;
  }
  bool(): boolean {
    const byte = this.u8();
    if (byte > 1) this.fail('BadTag');
    return byte === 1;
  }
  uleb(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte & 0x80) continue;
      if (shift > 0 && byte === 0) this.fail('NonCanonical');
      if (value > 0xffffffff) this.fail('TooLong');
      return value;
    }
    return this.fail('TooLong');
  }
  // How many elements come, none of which takes less than `leastBytes`: never more than the bytes
  // ahead can hold. The only way to learn the length of a container.
  elements(leastBytes: number): number {
    const count = this.uleb();
    if (count > maxLength) this.fail('TooLong');
    if (count * leastBytes > this.input.length - this.offset) this.fail('Truncated');
    return count;
  }
  bytes(): Uint8Array {
    return this.take(this.elements(1));
  }
  // A copy, so that it outlives the input.
  take(count: number): Uint8Array {
    const at = this.skip(count);
    if (!this.blank) return this.input.slice(at, at + count);
    const copy = this.blank(count);
    copy.set(this.input.subarray(at, at + count));
    return copy;
  }
  since(start: number): Uint8Array {
    return this.input.subarray(start, this.offset);
  }
  text(): string {
    const at = this.skip(this.elements(1));
    try {
      return utf8.decode(this.input.subarray(at, this.offset));
    } catch {
      return this.fail('BadText');
    }
  }
  finish() {
    if (this.offset !== this.input.length) this.fail('TrailingBytes');
  }
}
