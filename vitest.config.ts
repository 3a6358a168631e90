// TypeScript tests: *.test.ts beside the source, in Node.
import { defineConfig } from 'vitest/config';

const rooms = ['js-bindings', 'storage-idb', 'web', 'extension', 'devnet', 'tests/web', 'tools'];

export default defineConfig({
  test: {
    include: rooms.map((room) => `${room}/**/*.test.{ts,tsx,mjs}`),
    exclude: ['**/node_modules/**', 'build/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
