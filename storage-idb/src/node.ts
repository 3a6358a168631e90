export * from './mount.ts';
export * from './memory_mount.ts';
export * from './node_mount.ts';
