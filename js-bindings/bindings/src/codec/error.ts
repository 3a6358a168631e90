// What was wrong with bytes or a value; the names are those of core/base/result.h.
export type CodecCode =
  // BadValue only when encoding: a value that is not of its type.
  'Truncated' | 'TrailingBytes' | 'NonCanonical' | 'BadTag' | 'TooLong' | 'BadText' | 'BadValue';

export class CodecError extends Error {
  override name = 'CodecError';
  readonly code: CodecCode;
  // The place in the value, as in "ClientOutput.Send.body".
  readonly where: string;

  constructor(code: CodecCode, where: string) {
    super(`${code}: ${where}`);
    this.code = code;
    this.where = where;
  }
}
