import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNodeHost } from '../src/main/hosts/node-server.ts';
import { readArguments } from './arguments.ts';
import { ensureRenderer } from './build-renderer.ts';
import { bin, ROOT, run } from './test/command.ts';

const { values } = readArguments(
  {
    data: { type: 'string', default: join('.heshi', 'workstation') },
    'no-open': { type: 'boolean', default: false },
    port: { type: 'string', default: '0' },
  },
  'npm start -- [--data DIR] [--no-open] [--port N]',
);

const PACKAGE = join(ROOT, 'node_modules/electron');
const FETCH_MS = 20_000;

/** Electron's binary where its package keeps it, or null. */
function electronBinary(): string | null {
  const pathFile = join(PACKAGE, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(PACKAGE, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

/** Lets the package fetch its binary, for a short while. */
async function fetchElectron(): Promise<void> {
  const install = join(PACKAGE, 'install.js');
  if (!existsSync(install)) return;
  const child = spawn(process.execPath, [install], { stdio: 'ignore' });
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), FETCH_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

if (electronBinary() === null) await fetchElectron();
const electron = electronBinary();
if (electron !== null) {
  const built = await run(bin('electron-vite'), ['build']);
  process.exitCode = built === 0 ? await run(electron, [ROOT]) : built;
} else {
  process.stdout.write(
    'Electron’s binary is not here and cannot be fetched: Heshi opens in the browser instead.\n',
  );
  await ensureRenderer();
  const host = await startNodeHost({
    dataFolder: values.data,
    open: !values['no-open'],
    port: Number(values.port),
  });
  process.stdout.write(`${host.url}\nStop with Ctrl+C.\n`);
  const stop = (): void => void host.close().then(() => process.exit(0));
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
