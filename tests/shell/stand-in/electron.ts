/**
 * Stands where the module `electron` would be when the built application runs under Node. What the application
 * uses is checked against Electron's own declarations (`ElectronParts` picks from them); what the system would do
 * is played by `play.ts` through `system`.
 */
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type * as Electron from 'electron';
import type { ElectronParts, ShellWindow } from '../../../src/main/hosts/electron.ts';

/** The system's side: what the application asked for, and the events it waits for. */
export const system = {
  app: new EventEmitter(),
  ipcMain: new EventEmitter(),
  powerMonitor: new EventEmitter(),
  contents: new EventEmitter(),
  userData: process.env['HESHI_STAND_IN_DATA'] ?? '',
  quits: 0,
  privileged: [] as Electron.CustomScheme[],
  page: null as ((request: Request) => Response | Promise<Response>) | null,
  windowOptions: null as Electron.BrowserWindowConstructorOptions | null,
  loaded: Promise.withResolvers<string>(),
  /** The other end of every port that was posted, by Electron's own port object. */
  pageEnds: new WeakMap<object, MessagePort>(),
};

/** Electron lists each event of an emitter as an overload, which no single function satisfies structurally. */
function listener<Listen>(emitter: EventEmitter): Listen {
  const listen = (name: string, handler: (...values: unknown[]) => void): EventEmitter =>
    emitter.on(name, handler);
  return listen as Listen;
}

export const app = {
  requestSingleInstanceLock: () => true,
  whenReady: async () => undefined,
  quit: () => {
    system.quits += 1;
    system.app.emit('before-quit', { preventDefault: () => undefined });
  },
  exit: (code: number) => process.exit(code),
  getLocale: () => 'en-US',
  getPath: () => system.userData,
  isPackaged: false,
  on: listener<ElectronParts['app']['on']>(system.app),
} satisfies ElectronParts['app'] & Pick<typeof Electron.app, 'exit' | 'getLocale'>;

export const protocol = {
  registerSchemesAsPrivileged: (schemes) => void system.privileged.push(...schemes),
  handle: (_scheme, handler) => void (system.page = handler),
} satisfies ElectronParts['protocol'];

export const session = {
  defaultSession: {
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
  },
} satisfies ElectronParts['session'];

export const ipcMain = {
  on: listener<ElectronParts['ipcMain']['on']>(system.ipcMain),
} satisfies ElectronParts['ipcMain'];

export const powerMonitor = {
  on: listener<ElectronParts['powerMonitor']['on']>(system.powerMonitor),
} satisfies ElectronParts['powerMonitor'];

export const shell = { openExternal: async () => undefined } satisfies ElectronParts['shell'];

export const dialog = {
  showErrorBox: (title, text) => void process.stderr.write(`${title}\n${text}\n`),
} satisfies Pick<typeof Electron.dialog, 'showErrorBox'>;

export const safeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret' as const,
  encryptString: (text) => Buffer.from(text),
  decryptString: (bytes) => bytes.toString(),
} satisfies ElectronParts['safeStorage'];

export class Notification {
  show(): void {
    // Nothing to show it on.
  }
}

export class BrowserWindow {
  readonly webContents: ShellWindow['webContents'] = {
    id: 1,
    on: listener<ShellWindow['webContents']['on']>(system.contents),
    setWindowOpenHandler: () => undefined,
  };
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    system.windowOptions = options;
  }
  async loadURL(url: string): Promise<void> {
    system.loaded.resolve(url);
  }
}

/**
 * As Electron's: an emitter without `addEventListener`, whose messages come as events, and only after `start`.
 */
class StandInPort extends EventEmitter {
  readonly #port: MessagePort;
  constructor(port: MessagePort) {
    super();
    this.#port = port;
  }
  start(): void {
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
    this.#port.on('close', () => this.emit('close'));
  }
  postMessage(data: unknown): void {
    this.#port.postMessage(data);
  }
}

export class MessageChannelMain {
  readonly port1: StandInPort;
  readonly port2: StandInPort;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new StandInPort(port1);
    this.port2 = new StandInPort(port2);
    system.pageEnds.set(this.port2, port2);
  }
}
