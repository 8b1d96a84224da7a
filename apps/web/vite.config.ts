import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { fixtureServer } from './fixtures/fixture-server.ts';

const SERVER = process.env.QUARTERDECK_URL ?? 'http://127.0.0.1:4700';
const useFixtures = process.env.QUARTERDECK_FIXTURES !== undefined;

export default defineConfig({
  plugins: [react(), ...(useFixtures ? [fixtureServer(process.env.QUARTERDECK_FIXTURES ?? '')] : [])],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 600,
  },
  css: { modules: { generateScopedName: '[name]_[local]_[hash:base64:4]' } },
  server: {
    host: '127.0.0.1',
    proxy: useFixtures ? undefined : { '/api': { target: SERVER, ws: true } },
  },
});
