import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page is built to static files that the gateway serves itself: nothing is loaded from elsewhere. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: { outDir: '../dist/console', emptyOutDir: true, chunkSizeWarningLimit: 8_000, sourcemap: false },
});
