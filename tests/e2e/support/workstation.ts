import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startNodeHost } from '../../../src/main/hosts/node-server.ts';
import { BROWSER_AT } from '../../support/browser.ts';
import { hostOptions, movableClock } from './host-options.ts';
import { watchSettling } from './settled.ts';

const PROCESS = fileURLToPath(new URL('./workstation-process.ts', import.meta.url));

/** The run's browser. Closing it ends what was opened through this connection, and not the browser. */
export async function launchBrowser(): Promise<Browser> {
  const endpoint = process.env[BROWSER_AT];
  if (endpoint === undefined) throw new Error('No Chromium: see what npm test says of it');
  return chromium.connect(endpoint);
}

export type WorkstationProcess = {
  page: Page;
  /** SIGKILL: whatever was in memory is gone. Only of a workstation that was opened as `killable`. */
  kill(): Promise<void>;
  /** Starts the workstation again on the same data and opens it in the same browser window. */
  start(): Promise<void>;
  /** Sets the running workstation's clock, as the person or the system might; not of a killable one. The screen is told nothing. */
  setClock(now: Date): void;
  stop(): Promise<void>;
};

export type WorkstationProcessOptions = {
  /** How long what is recorded stays before it is sent. */
  undoMs?: number;
  /** True where it is the moving itself that is tried; otherwise the person has asked for stillness. */
  moving?: boolean;
  /** What the workstation's clock says when it starts; it goes on from there. */
  now?: Date;
  /** True where the test kills the workstation, which then runs in a process of its own; otherwise in the test's. */
  killable?: boolean;
};

/** A running workstation: where it is, and how it ends. */
type Running = { url: string; end(): Promise<void> };

/** Starts a workstation in a process of its own, which a test can kill as a power cut would. */
async function startProcess(folder: string, options: WorkstationProcessOptions): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, [PROCESS, folder, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { stdout } = child;
  if (stdout === null) throw new Error('The workstation has no output');
  const lines = createInterface({ input: stdout });
  const url = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', (code) => reject(new Error(`The workstation ended with ${code}`)));
  });
  return {
    url,
    end: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** A workstation on a data folder, and a browser window of its own on it. */
export async function openWorkstationProcess(
  browser: Browser,
  root: string,
  name: string,
  options: WorkstationProcessOptions = {},
): Promise<WorkstationProcess> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    reducedMotion: options.moving === true ? 'no-preference' : 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const settled = watchSettling(page);
  const folder = join(root, name);
  const clock = movableClock(options.now);
  let running: Running | null = null;
  const start = async (): Promise<void> => {
    if (options.killable === true) running = await startProcess(folder, options);
    else {
      const host = await startNodeHost(hostOptions(folder, options, clock));
      running = { url: host.url, end: host.close };
    }
    await page.goto(running.url);
  };
  const end = async (): Promise<void> => {
    await running?.end();
    running = null;
  };
  await start();
  return {
    page,
    kill: async () => {
      if (options.killable !== true) throw new Error(`${name} was not opened as killable`);
      await end();
    },
    start,
    setClock: (now) => {
      if (options.killable === true) throw new Error(`${name} runs in a process of its own`);
      clock.set(now);
    },
    stop: async () => {
      // What the screen were still asking would find its store closed. A screen that does not come to rest is not waited for.
      if (options.killable !== true) await settled().catch(() => undefined);
      await context.close();
      await end();
    },
  };
}
