import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumPath } from '../../../tools/test/browser.ts';

const PROCESS = fileURLToPath(new URL('./desk-process.ts', import.meta.url));

/** The real browser. Downloads are accepted; nothing is fetched from outside. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('No Chromium: see what npm test says of it');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A camera that shows a moving test picture, and no question about it.
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
}

export type DeskProcess = {
  page: Page;
  /** SIGKILL: whatever was in memory is gone. */
  kill(): Promise<void>;
  /** Starts the workstation again on the same data and opens it in the same browser window. */
  start(): Promise<void>;
  /** Sets the running workstation's clock, as the person or the system might. The screen is told nothing. */
  setClock(now: Date): Promise<void>;
  stop(): Promise<void>;
};

export type DeskProcessOptions = {
  /** How long what is recorded stays before it is sent. */
  undoMs?: number;
  /** True where it is the moving itself that is tried; otherwise the person has asked for stillness. */
  moving?: boolean;
  /** What the workstation's clock says when it starts; it goes on from there. */
  now?: Date;
};

/** A workstation process on a data folder, and a browser window of its own on it. */
export async function openDeskProcess(
  browser: Browser,
  root: string,
  name: string,
  options: DeskProcessOptions = {},
): Promise<DeskProcess> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    reducedMotion: options.moving === true ? 'no-preference' : 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  let child: { process: ChildProcess; lines: Interface; input: Writable } | null = null;
  const start = async (): Promise<void> => {
    const started = spawn(process.execPath, [PROCESS, join(root, name), JSON.stringify(options)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: started.stdout });
    child = { process: started, lines, input: started.stdin };
    const url = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      started.once('exit', (code) => reject(new Error(`The workstation ended with ${code}`)));
    });
    await page.goto(url);
  };
  const kill = async (): Promise<void> => {
    if (child === null || child.process.exitCode !== null) return;
    child.process.kill('SIGKILL');
    await once(child.process, 'exit');
  };
  await start();
  return {
    page,
    kill,
    start,
    setClock: async (now) => {
      if (child === null) throw new Error('The workstation does not run');
      const answered = once(child.lines, 'line');
      child.input.write(`${now.toISOString()}\n`);
      await answered;
    },
    stop: async () => {
      await kill();
      await context.close();
    },
  };
}
