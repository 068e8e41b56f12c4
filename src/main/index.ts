import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  MessageChannelMain,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
} from 'electron';
import updater from 'electron-updater';
import { bootstrap } from './shell/bootstrap.ts';
import { startFailure } from './shell/failure.ts';
import { attendWorkstation } from './attended.ts';

// Not awaited: Electron reports ready only after this file has run to its end.
bootstrap(
  {
    app,
    protocol,
    session,
    ipcMain,
    shell,
    powerMonitor,
    safeStorage,
    platform: process.platform,
    createWindow: (options) => new BrowserWindow(options),
    createChannel: () => new MessageChannelMain(),
    notify: (title, body) => new Notification({ title, body }).show(),
  },
  {
    startWorkstation: (options) =>
      attendWorkstation({
        ...options,
        importThread: pathToFileURL(join(import.meta.dirname, 'import-worker.js')),
      }),
    // Beside this file once it is built: out/main, out/preload, out/renderer.
    rendererFolder: join(import.meta.dirname, '../renderer'),
    preloadFile: join(import.meta.dirname, '../preload/index.cjs'),
    checkForUpdates: () => void updater.autoUpdater.checkForUpdatesAndNotify(),
  },
).catch((error: unknown) => {
  const { title, text } = startFailure(error, app.getLocale());
  // Blocks until it is read; without a screen it goes to standard error.
  dialog.showErrorBox(title, text);
  app.exit(1);
});
