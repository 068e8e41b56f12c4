import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type * as Electron from 'electron';
import { describe, expect, it } from 'vitest';
import type { ElectronParts, ShellWindow } from '../../src/main/hosts/electron.ts';
import { bootstrap, PORT_REQUEST, refusedSender } from '../../src/main/shell/bootstrap.ts';
import { startFailure } from '../../src/main/shell/failure.ts';
import {
  APP_ORIGIN,
  CONTENT_POLICY,
  isOwnUrl,
  isPermitted,
  mayOpenOutside,
  rendererFile,
} from '../../src/main/shell/policy.ts';
import { FolderInUse } from '../../src/main/kernel/store/lock.ts';

type Handler = (...values: never[]) => unknown;

/**
 * A stand-in for Electron, typed from Electron's own declarations: whatever the shell calls must exist there
 * with that shape. It records what was asked and lets a test play the system's part.
 */
function standIn(options: { firstInstance?: boolean; packaged?: boolean; close?: () => Promise<void> } = {}) {
  const app = new EventEmitter();
  const ipc = new EventEmitter();
  const contents = new EventEmitter();
  const power = new EventEmitter();
  const record = {
    quits: 0,
    loaded: [] as string[],
    opened: [] as string[],
    served: 0,
    closed: 0,
    locked: 0,
    updates: 0,
    focused: 0,
    windowOptions: null as Electron.BrowserWindowConstructorOptions | null,
    windowOpen: null as ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | null,
    request: null as Parameters<Electron.Session['setPermissionRequestHandler']>[0],
    check: null as Parameters<Electron.Session['setPermissionCheckHandler']>[0],
    page: null as ((request: Request) => Response | Promise<Response>) | null,
    posted: [] as { channel: string; ports: number }[],
  };
  const on = (emitter: EventEmitter) => (name: string, handler: Handler) =>
    emitter.on(name, handler as never);
  const webContents = {
    id: 7,
    on: on(contents) as unknown as ShellWindow['webContents']['on'],
    setWindowOpenHandler: (handler) => {
      record.windowOpen = handler;
    },
  } satisfies ShellWindow['webContents'];
  const window = {
    webContents,
    loadURL: async (url) => void record.loaded.push(url),
    on: (() => window) as unknown as ShellWindow['on'],
    isMinimized: () => false,
    restore: () => undefined,
    focus: () => void (record.focused += 1),
  } as ShellWindow;
  const electron = {
    app: {
      requestSingleInstanceLock: () => options.firstInstance ?? true,
      whenReady: async () => undefined,
      quit: () => void (record.quits += 1),
      on: on(app) as unknown as ElectronParts['app']['on'],
      getPath: () => '/tmp/heshi-stand-in',
      isPackaged: options.packaged ?? false,
    },
    protocol: {
      registerSchemesAsPrivileged: () => undefined,
      handle: (_scheme, handler) => {
        record.page = handler;
      },
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler) => void (record.request = handler),
        setPermissionCheckHandler: (handler) => void (record.check = handler),
      },
    },
    ipcMain: { on: on(ipc) as unknown as ElectronParts['ipcMain']['on'] },
    shell: { openExternal: async (url) => void record.opened.push(url) },
    powerMonitor: { on: on(power) as unknown as ElectronParts['powerMonitor']['on'] },
    platform: 'linux' as const,
    safeStorage: {
      isEncryptionAvailable: () => true,
      getSelectedStorageBackend: () => 'gnome_libsecret',
      encryptString: (text) => Buffer.from(text),
      decryptString: (bytes) => bytes.toString(),
    },
    createWindow: (given) => {
      record.windowOptions = given;
      return window;
    },
    createChannel: () => new MessageChannel() as unknown as Electron.MessageChannelMain,
    notify: () => undefined,
  } satisfies ElectronParts;
  const start = () =>
    bootstrap(electron, {
      startWorkstation: async () => ({
        serve: () => {
          record.served += 1;
          const number = record.served;
          return {
            answer: async (request) =>
              new Response(`${number} ${request.method} ${new URL(request.url).pathname}`),
          };
        },
        lock: () => void (record.locked += 1),
        close: () => {
          record.closed += 1;
          return options.close?.() ?? Promise.resolve();
        },
      }),
      rendererFolder: import.meta.dirname,
      preloadFile: '/preload.cjs',
      checkForUpdates: () => void (record.updates += 1),
    });
  const frame = (over: Partial<{ url: string; parent: unknown }> = {}) => ({
    url: `${APP_ORIGIN}/#/today`,
    parent: null,
    postMessage: (channel: string, _message: unknown, ports: unknown[]) =>
      record.posted.push({ channel, ports: ports.length }),
    ...over,
  });
  const ask = (sender: number, senderFrame: ReturnType<typeof frame> | null = frame()) =>
    ipc.emit(PORT_REQUEST, { sender: { id: sender }, senderFrame });
  return { electron, record, start, ask, frame, app, contents, power, window };
}

describe('starting', () => {
  it('opens one sandboxed, isolated window on our own page', async () => {
    const { start, record } = standIn();
    await start();
    expect(record.windowOptions?.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    });
    expect(record.loaded).toEqual([`${APP_ORIGIN}/`]);
    expect(record.updates).toBe(0);
  });

  it('leaves at once when another instance runs, and comes to the front when one more starts', async () => {
    const second = standIn({ firstInstance: false });
    await second.start();
    expect(second.record).toMatchObject({ quits: 1, loaded: [] });
    const first = standIn();
    await first.start();
    first.app.emit('second-instance');
    expect(first.record.focused).toBe(1);
  });

  it('locks every window when the machine sleeps or its screen is locked', async () => {
    const { start, power, record } = standIn();
    await start();
    power.emit('resume');
    expect(record.locked).toBe(0);
    power.emit('suspend');
    power.emit('lock-screen');
    expect(record.locked).toBe(2);
  });

  it('looks for updates only when packaged', async () => {
    const { start, record } = standIn({ packaged: true });
    await start();
    expect(record.updates).toBe(1);
  });

  it('closes the store before it goes', async () => {
    const { start, record, app } = standIn();
    await start();
    let prevented = 0;
    app.emit('before-quit', { preventDefault: () => (prevented += 1) });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect({ prevented, closed: record.closed, quits: record.quits }).toEqual({
      prevented: 1,
      closed: 1,
      quits: 1,
    });
  });
});

describe('quitting', () => {
  it('waits for the store however often it is asked, and goes even when the store cannot close', async () => {
    for (const ends of ['resolves', 'rejects'] as const) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const { start, record, app } = standIn({ close: () => promise });
      await start();
      let prevented = 0;
      const quit = () => app.emit('before-quit', { preventDefault: () => (prevented += 1) });
      quit();
      quit();
      expect({ prevented, quits: record.quits }).toEqual({ prevented: 2, quits: 0 });
      if (ends === 'resolves') resolve();
      else reject(new Error('disk gone'));
      await new Promise((done) => setImmediate(done));
      quit();
      expect({ prevented, quits: record.quits }).toEqual({ prevented: 2, quits: 1 });
    }
  });
});

describe('a start that fails', () => {
  it('is told in the system’s language, with what to do', () => {
    expect(startFailure(new FolderInUse('/x'), 'zh-CN').text).toContain('已经打开');
    expect(startFailure(new FolderInUse('/x'), 'en-GB').text).toContain('already open');
    expect(startFailure(new FolderInUse('/x', 4711), 'en').text).toContain('process 4711');
    for (const code of ['SQLITE_FULL', 'ENOSPC'])
      expect(startFailure(Object.assign(new Error('no room'), { code }), 'en').text).toContain(
        'disk is full',
      );
    for (const code of ['SQLITE_IOERR', 'EIO'])
      expect(startFailure(Object.assign(new Error('bad'), { code }), 'en').text).toContain(
        'cannot be read or written',
      );
    for (const code of ['SQLITE_CANTOPEN', 'EACCES'])
      expect(startFailure(Object.assign(new Error('no'), { code }), 'zh-CN').text).toContain('没有权限');
    expect(startFailure(new Error('schema 9'), 'en').text).toContain('schema 9');
    expect(startFailure('odd', '').text).toContain('odd');
  });
});

describe('the port', () => {
  it('goes once to our window’s main frame, and again only after a new page', async () => {
    const { start, ask, record, contents } = standIn();
    await start();
    ask(7);
    ask(7);
    expect(record.served).toBe(1);
    expect(record.posted).toEqual([{ channel: PORT_REQUEST, ports: 1 }]);
    contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    ask(7);
    expect(record.served).toBe(2);
  });

  it('is what evidence files go beside: for the page that has it, and for no other origin', async () => {
    const { start, ask, record, contents } = standIn();
    await start();
    const asked = async (path: string, init?: RequestInit): Promise<string> => {
      const answer = await record.page?.(new Request(`app://heshi${path}`, init));
      return answer?.ok ? answer.text() : String(answer?.status);
    };
    expect(await asked('/evidence/c1/abc')).toBe('403');
    ask(7);
    expect(await asked('/evidence/c1/abc')).toBe('1 GET /evidence/c1/abc');
    const body = { method: 'POST', body: 'x' };
    expect(await asked('/evidence?caseId=c1', { ...body, headers: { origin: APP_ORIGIN } })).toBe(
      '1 POST /evidence',
    );
    expect(await asked('/evidence', { ...body, headers: { origin: 'https://example.com' } })).toBe('403');
    expect(await asked('/evidencex')).toBe('404');
    // A page anew is somebody anew: whoever was signed in before is not.
    contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    ask(7);
    expect(await asked('/evidence/c1/abc')).toBe('2 GET /evidence/c1/abc');
  });

  it('goes to nobody else', async () => {
    const { start, ask, record, frame, window } = standIn();
    await start();
    ask(8);
    ask(7, frame({ parent: {} }));
    ask(7, frame({ url: 'https://example.com/' }));
    ask(7, frame({ url: 'app://other/' }));
    ask(7, null);
    expect(record.served).toBe(0);
    const refuse = (sender: number, senderFrame: unknown) =>
      refusedSender({ sender: { id: sender }, senderFrame } as never, window);
    expect(refuse(8, frame())).toBe('unknown webContents');
    expect(refuse(7, frame({ parent: {} }))).toBe('not the main frame');
    expect(refuse(7, frame({ url: 'https://example.com/' }))).toBe('foreign origin');
    expect(refuse(7, frame())).toBeNull();
  });
});

describe('navigation', () => {
  it('stays on our own pages', async () => {
    const { start, contents } = standIn();
    await start();
    const went: string[] = [];
    for (const url of [
      `${APP_ORIGIN}/#/cases`,
      'https://example.com/',
      'file:///etc/passwd',
      'app://heshi.evil/',
    ]) {
      let stopped = false;
      contents.emit('will-navigate', { url, preventDefault: () => (stopped = true) });
      if (!stopped) went.push(url);
    }
    expect(went).toEqual([`${APP_ORIGIN}/#/cases`]);
  });

  it('holds a document’s own window in place as well', async () => {
    const { start, contents, record } = standIn();
    await start();
    const child = new EventEmitter();
    let answer: typeof record.windowOpen = null;
    const webContents = {
      on: child.on.bind(child),
      setWindowOpenHandler: (handler: NonNullable<typeof record.windowOpen>) => (answer = handler),
    };
    contents.emit('did-create-window', { webContents });
    let stopped = false;
    child.emit('will-navigate', { url: 'https://example.com/', preventDefault: () => (stopped = true) });
    expect(stopped).toBe(true);
    expect(answer).not.toBeNull();
  });

  it('opens only named sites, and those outside', async () => {
    const { start, record } = standIn();
    await start();
    const answer = (url: string) => record.windowOpen?.({ url } as Electron.HandlerDetails).action;
    expect(answer('https://www.samr.gov.cn/x')).toBe('deny');
    expect(answer('https://example.com/')).toBe('deny');
    expect(answer('http://www.samr.gov.cn/')).toBe('deny');
    expect(answer(`blob:${APP_ORIGIN}/1`)).toBe('allow');
    expect(record.opened).toEqual(['https://www.samr.gov.cn/x']);
    expect(mayOpenOutside('not a url')).toBe(false);
  });
});

describe('permissions', () => {
  it('are denied unless in the table and asked for by our own page', async () => {
    const { start, record } = standIn();
    await start();
    const asked = (permission: string, requestingUrl: string): boolean => {
      let answer = false;
      record.request?.({} as never, permission as never, (granted) => (answer = granted), {
        requestingUrl,
      } as never);
      return answer;
    };
    expect(asked('notifications', `${APP_ORIGIN}/`)).toBe(true);
    for (const permission of ['media', 'geolocation', 'clipboard-read', 'openExternal', 'constructor']) {
      expect(asked(permission, `${APP_ORIGIN}/`), permission).toBe(false);
    }
    expect(asked('notifications', 'https://example.com/')).toBe(false);
    expect(record.check?.(null, 'media', `${APP_ORIGIN}/`, {} as never)).toBe(false);
    expect(isPermitted('notifications', 'nonsense')).toBe(false);
    // The camera for evidence, and never the microphone.
    const camera = (mediaType: string, origin = `${APP_ORIGIN}/`) =>
      record.check?.(null, 'media', origin, { mediaType } as never);
    expect([camera('video'), camera('audio'), camera('unknown')]).toEqual([true, false, false]);
    expect(camera('video', 'https://example.com/')).toBe(false);
    const filmed = (mediaTypes: string[]): boolean | null => {
      let answer: boolean | null = null;
      const details = { requestingUrl: `${APP_ORIGIN}/`, mediaTypes };
      record.request?.({} as never, 'media', (granted) => (answer = granted), details as never);
      return answer;
    };
    expect([filmed(['video']), filmed(['video', 'audio']), filmed([])]).toEqual([true, false, false]);
  });
});

describe('pages', () => {
  it('come with the policy, from the renderer’s folder and nowhere else', async () => {
    const { start, record } = standIn();
    await start();
    const found = await record.page?.(new Request(`${APP_ORIGIN}/bootstrap.test.ts`));
    expect(found?.status).toBe(200);
    expect(found?.headers.get('content-security-policy')).toBe(CONTENT_POLICY);
    expect((await record.page?.(new Request(`${APP_ORIGIN}/missing.js`)))?.status).toBe(404);
    // The address itself folds dotted segments away: what is left lies inside.
    expect(rendererFile('/app', `${APP_ORIGIN}/%2e%2e/%2e%2e/etc/passwd`)?.file).toBe('/app/etc/passwd');
    expect(rendererFile('/app', `${APP_ORIGIN}/..%2f..%2fetc/passwd`)).toBeNull();
    expect(rendererFile('/app', 'app://other/index.html')).toBeNull();
    expect(rendererFile('/app', `${APP_ORIGIN}/`)).toEqual({
      file: '/app/index.html',
      mediaType: 'text/html; charset=utf-8',
    });
    expect(CONTENT_POLICY).not.toMatch(/script-src[^;]*unsafe/);
    expect(isOwnUrl('app://heshi@evil/')).toBe(false);
  });
});
