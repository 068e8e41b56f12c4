import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createElectronHost,
  type ElectronParts,
  type GuardedContents,
  type IpcMainEvent,
  type ShellWindow,
} from '../hosts/electron.ts';
import { isEvidencePath } from '../evidence/web.ts';
import type { Attended } from '../attended.ts';
import type { PageSession, WorkstationOptions } from '../workstation.ts';
import { APP_ORIGIN, CONTENT_POLICY, isOwnUrl, isPermitted, mayOpenOutside, rendererFile } from './policy.ts';

/** The preload asks for its window's port on this channel. */
export const PORT_REQUEST = 'heshi:request-port';

export type ShellDependencies = {
  startWorkstation: (options: WorkstationOptions) => Promise<Pick<Attended, 'serve' | 'lock' | 'close'>>;
  rendererFolder: string;
  preloadFile: string;
  /** Looks for a new release; called only in a packaged application. */
  checkForUpdates: () => void;
};

/**
 * Starts the application: one instance, our own pages only, no permission that is not in the table, and one
 * port a window, handed over after its sender was checked.
 */
export async function bootstrap(electron: ElectronParts, dependencies: ShellDependencies): Promise<void> {
  const { app, protocol, session } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
  await app.whenReady();
  let page: PageSession | null = null;
  protocol.handle('app', (request) => {
    if (isOwnUrl(request.url) && isEvidencePath(new URL(request.url).pathname)) {
      const origin = request.headers.get('origin');
      if (page === null || (origin !== null && origin !== APP_ORIGIN))
        return new Response('Forbidden', { status: 403 });
      return page.answer(request);
    }
    return servePage(dependencies.rendererFolder, request.url);
  });
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    answer(isPermitted(permission, details.requestingUrl, media));
  });
  session.defaultSession.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    isPermitted(permission, requestingOrigin, details.mediaType === undefined ? [] : [details.mediaType]),
  );

  const workstation = await dependencies.startWorkstation({
    dataFolder: join(app.getPath('userData'), 'workstation'),
    host: createElectronHost(electron),
  });
  // Whoever comes back to the machine is not for that reason who left it.
  electron.powerMonitor.on('suspend', () => workstation.lock());
  electron.powerMonitor.on('lock-screen', () => workstation.lock());
  const window = openWindow(electron, dependencies.preloadFile);
  handOverPorts(electron, window, workstation, (granted) => {
    page = granted;
  });
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());
  closeBeforeQuit(app, workstation);
  if (app.isPackaged) dependencies.checkForUpdates();
  await window.loadURL(`${APP_ORIGIN}/`);
}

/** The store is closed in order; only then does the application go, however often it is told to. */
function closeBeforeQuit(app: ElectronParts['app'], workstation: Pick<Attended, 'close'>): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  const go = (): void => {
    state = 'closed';
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    // What was acknowledged is on the disk already: a store that cannot close must not keep the application open.
    workstation.close().then(go, go);
  });
}

async function servePage(folder: string, url: string): Promise<Response> {
  const found = rendererFile(folder, url);
  if (found === null) return new Response('Not found', { status: 404 });
  try {
    const body = await readFile(found.file);
    return new Response(new Uint8Array(body), {
      headers: {
        'content-type': found.mediaType,
        'content-security-policy': CONTENT_POLICY,
        'x-content-type-options': 'nosniff',
      },
    });
  } catch {
    return new Response('Not found', { status: 404 });
  }
}

function openWindow(electron: ElectronParts, preload: string): ShellWindow {
  const window = electron.createWindow({
    width: 1366,
    height: 768,
    title: 'Heshi 和事',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // The viewer of PDF is Chromium's own plugin; there are no others any more.
      plugins: true,
      webviewTag: false,
    },
  });
  guard(electron, window.webContents);
  // A document's viewer is a window of its own: links inside it must not lead it anywhere either.
  window.webContents.on('did-create-window', (child) => guard(electron, child.webContents));
  return window;
}

/** Keeps one page where it is: its own pages, a document it made, and the named sites outside. */
export function guard({ shell }: Pick<ElectronParts, 'shell'>, contents: GuardedContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnUrl(event.url)) event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    // A printed document is a blob of our own page; anything else goes to the system browser, or nowhere.
    if (url.startsWith(`blob:${APP_ORIGIN}/`)) return { action: 'allow' };
    if (mayOpenOutside(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

/** Why a request for a port is refused, or null when it is our window's main frame on our own page. */
export function refusedSender(
  event: Pick<IpcMainEvent, 'sender' | 'senderFrame'>,
  window: ShellWindow,
): string | null {
  if (event.sender.id !== window.webContents.id) return 'unknown webContents';
  const frame = event.senderFrame;
  if (frame === null) return 'frame is gone';
  if (frame.parent !== null) return 'not the main frame';
  return isOwnUrl(frame.url) ? null : 'foreign origin';
}

function handOverPorts(
  electron: ElectronParts,
  window: ShellWindow,
  workstation: Pick<Attended, 'serve'>,
  onPage: (session: PageSession) => void,
): void {
  let given = false;
  // A reload is a new page in the same window: it may ask once more.
  window.webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) given = false;
  });
  electron.ipcMain.on(PORT_REQUEST, (event) => {
    if (refusedSender(event, window) !== null || given) return;
    given = true;
    const { port1, port2 } = electron.createChannel();
    onPage(workstation.serve(port1));
    port1.start();
    event.senderFrame?.postMessage(PORT_REQUEST, null, [port2]);
  });
}
