import type * as Electron from 'electron';
import { HostKeyLost, type Host } from '../kernel/host.ts';

/** What the shell uses of Electron, in Electron's own types: tests pass a stand-in typed by the same. */
export type ElectronParts = {
  app: Pick<
    typeof Electron.app,
    'requestSingleInstanceLock' | 'whenReady' | 'quit' | 'on' | 'getPath' | 'isPackaged'
  >;
  protocol: Pick<typeof Electron.protocol, 'registerSchemesAsPrivileged' | 'handle'>;
  session: {
    defaultSession: Pick<Electron.Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>;
  };
  ipcMain: Pick<typeof Electron.ipcMain, 'on'>;
  shell: Pick<typeof Electron.shell, 'openExternal'>;
  powerMonitor: Pick<typeof Electron.powerMonitor, 'on'>;
  safeStorage: Pick<
    typeof Electron.safeStorage,
    'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
  >;
  platform: NodeJS.Platform;
  createWindow: (options: Electron.BrowserWindowConstructorOptions) => ShellWindow;
  createChannel: () => Pick<Electron.MessageChannelMain, 'port1' | 'port2'>;
  notify: (title: string, body: string) => void;
};

export type ShellWindow = Pick<
  Electron.BrowserWindow,
  'loadURL' | 'on' | 'isMinimized' | 'restore' | 'focus'
> & {
  webContents: GuardedContents & Pick<Electron.WebContents, 'id'>;
};

export type GuardedContents = Pick<Electron.WebContents, 'on' | 'setWindowOpenHandler'>;

export type IpcMainEvent = Electron.IpcMainEvent;

/** The Electron host: keys sealed by the system's own keychain, real notifications. */
export function createElectronHost({
  safeStorage,
  shell,
  notify,
  platform,
}: Pick<ElectronParts, 'safeStorage' | 'shell' | 'notify' | 'platform'>): Host {
  return {
    name: 'electron',
    // Linux without a keyring: anybody who has the disk knows that key.
    sealing: () =>
      platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text' ? 'file' : 'system',
    sealSecret: async (plain) => {
      if (!safeStorage.isEncryptionAvailable()) throw new Error('The system keychain cannot be used');
      return safeStorage.encryptString(Buffer.from(plain).toString('base64'));
    },
    openSecret: async (sealed) => {
      try {
        return Buffer.from(safeStorage.decryptString(Buffer.from(sealed)), 'base64');
      } catch (error) {
        throw new HostKeyLost(error);
      }
    },
    notify,
    openExternal: (url) => shell.openExternal(url),
  };
}
