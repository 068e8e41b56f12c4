import { join } from 'node:path';
import '../src/main/young-heap.ts';
import { fail, readArguments, wholeNumber } from './arguments.ts';
import { canBuildInProject, ensureRenderer } from './build-renderer.ts';
import { electronBinary, fetchElectron, noWindowReason } from './electron.ts';
import { showRunning } from './show-running.ts';
import { ROOT, run, runTool } from './test/command.ts';

const USAGE = `npm start -- [--browser] [--data DIR] [--no-open] [--port N]
Each option chooses the browser even where Electron is there. A second start on a folder shows a new link to the first.`;
const { values, positionals } = readArguments(
  {
    browser: { type: 'boolean', default: false },
    data: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
    port: { type: 'string' },
  },
  USAGE,
);
if (positionals.length > 0) fail(`There is nothing to do with ${positionals.join(' ')}\n${USAGE}`);
const port = values.port === undefined ? 0 : wholeNumber('port', values.port, 0, 65_535);

/** Why the workstation opens in a browser; null when it opens in Electron. */
async function whyBrowser(): Promise<string | null> {
  if (values.browser || values['no-open'] || values.data !== undefined || values.port !== undefined)
    return 'As the options ask';
  const noWindow = noWindowReason();
  if (noWindow !== null) return noWindow;
  // Electron runs no sandbox as root, and Heshi runs nothing without one.
  if (process.platform === 'linux' && process.getuid?.() === 0) return 'Electron does not run as root';
  if (!canBuildInProject()) return 'The project’s folder cannot be written, and Electron is built there';
  if (electronBinary() === null) await fetchElectron();
  return electronBinary() === null ? 'Electron’s binary is not here and cannot be fetched' : null;
}

async function startInBrowser(reason: string): Promise<void> {
  process.stdout.write(`${reason}: Heshi opens in the browser.\n`);
  const dataFolder = values.data ?? join('.heshi', 'workstation');
  const renderer = await ensureRenderer(join(dataFolder, 'renderer'));
  // Only now, so that its modules load into the young heap as it is kept.
  const { startNodeHost } = await import('../src/main/hosts/node-server.ts');
  const { FolderInUse } = await import('../src/main/kernel/store/lock.ts');
  const host = await startNodeHost({ dataFolder, renderer, open: !values['no-open'], port }).catch(
    async (error: unknown) => {
      if (!(error instanceof FolderInUse)) throw error;
      await showRunning(dataFolder);
    },
  );
  if (host === undefined) return;
  process.stdout.write(`${host.url}\nStop with Ctrl+C.\n`);
  const stop = (): void => void host.close().then(() => process.exit(0));
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

const reason = await whyBrowser();
const electron = electronBinary();
if (reason !== null || electron === null) {
  await startInBrowser(reason ?? 'Electron’s binary is gone');
} else {
  const built = await runTool('electron-vite', ['build']);
  process.exitCode = built === 0 ? await run(electron, [ROOT]) : built;
}
