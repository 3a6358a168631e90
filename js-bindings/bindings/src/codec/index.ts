export { decode, encode } from './codec.ts';
export { CodecError, type CodecCode } from './error.ts';
export * from './scalars.ts';
export * from './text.ts';
