// For browsers; Node's folder is in node.ts, so that no bundle asks for node:fs.
export * from './mount.ts';
export * from './idb_mount.ts';
export * from './memory_mount.ts';
