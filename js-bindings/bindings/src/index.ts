// The package for pages and extensions: the engine without the wallet around it.
export * from './codec/index.ts';
export { fetchAsker, type AskHost, type HostQuestion } from './host/ask_host.ts';
export * from './host/client_host.ts';
export * from './host/left_out.ts';
export * from './host/module.ts';
export * from './host/transport.ts';
export type * from '../generated/types.ts';
