/**
 * A smoke test in real Electron, where its binary is present: the built application opens its window, the page
 * gets its port (the first screen shows what the service answered), and the page can neither leave nor reach Node.
 * Elsewhere it says loudly that it was skipped.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import session from '../../src/renderer/session/locales/zh-CN.ts';
import { readArguments } from '../arguments.ts';
import { electronBinary, noWindowReason } from '../electron.ts';
import { ROOT, runTool } from './command.ts';

const USAGE = `npm run test:electron

Builds the application and tries it in real Electron; says SKIPPED where its binary or a display is missing.`;
readArguments({}, USAGE);

async function smoke(executablePath: string): Promise<string[]> {
  const userData = await mkdtemp(join(tmpdir(), 'heshi-electron-'));
  const application = await _electron.launch({
    executablePath,
    args: [ROOT, `--user-data-dir=${userData}`],
    locale: 'zh-CN',
  });
  try {
    const wrong: string[] = [];
    const check = (what: string, right: boolean): void => {
      process.stdout.write(`${right ? 'ok' : 'FAILED'} ${what}\n`);
      if (!right) wrong.push(what);
    };
    const page = await application.firstWindow();
    check('the window’s title', (await page.title()).includes('Heshi'));
    const heading = page.getByRole('heading', { name: session.enrol.title });
    check(
      'the service answers over the port',
      await heading.waitFor({ timeout: 30_000 }).then(
        () => true,
        () => false,
      ),
    );
    check('no Node in the page', await page.evaluate(() => !('require' in window) && !('process' in window)));
    await page.evaluate(() => location.assign('https://example.com/'));
    await page.waitForTimeout(1000);
    check('the page stays', page.url().startsWith('app://heshi/'));
    return wrong;
  } finally {
    await application.close();
    await rm(userData, { recursive: true, force: true });
  }
}

const binary = electronBinary();
const missing =
  binary === null
    ? 'Electron’s binary is not here (node node_modules/electron/install.js)'
    : noWindowReason();
if (binary === null || missing !== null) {
  process.stdout.write(`SKIPPED: nothing was tested in real Electron. ${missing}\n`);
} else if ((await runTool('electron-vite', ['build'])) === 0) {
  const wrong = await smoke(binary);
  process.stdout.write(`${wrong.length === 0 ? 'passed' : `failed: ${wrong.join(', ')}`}\n`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} else {
  process.stdout.write('failed: the application could not be built\n');
  process.exitCode = 1;
}
