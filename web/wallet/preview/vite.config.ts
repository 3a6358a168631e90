// npm run preview -w web: the wallet on fake workers, at http://127.0.0.1:5174.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../../build/vite', import.meta.url)),
  plugins: [react()],
  // Found when a password is typed: preparing it then would load the page again.
  optimizeDeps: { include: ['@zxcvbn-ts/core', '@zxcvbn-ts/language-common'] },
  server: {
    host: '127.0.0.1',
    port: 5174,
    fs: { allow: [fileURLToPath(new URL('../../..', import.meta.url))] },
  },
});
