import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const SERVER = process.env.QUARTERDECK_URL ?? 'http://127.0.0.1:4700';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 600,
  },
  css: { modules: { generateScopedName: '[name]_[local]_[hash:base64:4]' } },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: SERVER, ws: true } },
  },
});
