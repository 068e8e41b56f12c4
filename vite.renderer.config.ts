import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The renderer alone, as the Node host serves it; electron.vite.config.ts builds the same folder. */
export default defineConfig({
  root: 'src/renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../out/renderer',
    emptyOutDir: true,
    // A desk loads from its own disk; fewer, larger files are quicker there than many small ones.
    chunkSizeWarningLimit: 2500,
  },
});
