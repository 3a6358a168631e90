// BCS bytes that grow as they are written. What it leaves behind is wiped: it may be a secret's.
import { CodecError } from './error.ts';

const maxLength = 0x7fffffff; // bcs 0.1.6, MAX_SEQUENCE_LENGTH
const utf8 = new TextEncoder();

export class Writer {
  private buffer = new Uint8Array(256);
  private view = new DataView(this.buffer.buffer);
  private used = 0;

  private reserve(count: number): number {
    const at = this.used;
    if (at + count > this.buffer.length) {
      const larger = new Uint8Array(Math.max(2 * this.buffer.length, at + count));
      larger.set(this.buffer.subarray(0, at));
      this.buffer.fill(0, 0, at);
      this.buffer = larger;
      this.view = new DataView(larger.buffer);
    }
    this.used += count;
    return at;
  }

  u8(value: number) {
    const at = this.reserve(1);
    this.view.setUint8(at, value);
  }
  u16(value: number) {
    const at = this.reserve(2);
    this.view.setUint16(at, value, true);
  }
  u32(value: number) {
    const at = this.reserve(4);
    this.view.setUint32(at, value, true);
  }
  u64(value: bigint) {
    const at = this.reserve(8);
    this.view.setBigUint64(at, value, true);
  }
  u128(value: bigint) {
    this.u64(BigInt.asUintN(64, value));
    this.u64(value >> 64n);
  }
  uleb(value: number) {
    for (; value >= 0x80; value >>>= 7) this.u8((value & 0x7f) | 0x80);
    this.u8(value);
  }
  length(count: number, where: string) {
    if (count > maxLength) throw new CodecError('TooLong', where);
    this.uleb(count);
  }
  raw(bytes: Uint8Array) {
    const at = this.reserve(bytes.length);
    this.buffer.set(bytes, at);
  }
  text(value: string, where: string) {
    if (/\p{Surrogate}/u.test(value)) throw new CodecError('BadText', where);
    const bytes = utf8.encode(value);
    this.length(bytes.length, where);
    this.raw(bytes);
  }
  /** Once, at the end. */
  bytes(): Uint8Array {
    const all = new Uint8Array(new ArrayBuffer(this.used));
    all.set(this.buffer.subarray(0, this.used));
    this.buffer.fill(0, 0, this.used);
    return all;
  }
}
