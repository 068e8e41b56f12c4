import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Main and preload for Electron, and the renderer as vite.renderer.config.ts builds it. Packages stay outside the bundle. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        // The thread in which files are read stands beside the program, which starts it by its path.
        input: { index: 'src/main/index.ts', 'import-worker': 'src/main/imports/worker/import-worker.ts' },
      },
      // Optional, so that an installation without it can say what it lacks; and native, so that it cannot be bundled.
      externalizeDeps: { include: ['sqlite3'] },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is a CommonJS script.
      rollupOptions: {
        input: 'src/preload/index.ts',
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: [react()],
    build: { outDir: 'out/renderer', rollupOptions: { input: 'src/renderer/index.html' } },
  },
});
