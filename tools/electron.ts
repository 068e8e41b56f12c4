import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './test/command.ts';

const PACKAGE = join(ROOT, 'node_modules/electron');
const FETCH_MS = 20_000;

/** Electron's binary where its package keeps it, or null. */
export function electronBinary(): string | null {
  const pathFile = join(PACKAGE, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(PACKAGE, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

/** Lets the package fetch its binary, for at most 20 seconds. */
export async function fetchElectron(): Promise<void> {
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

/** Why no window can be opened on this machine whatever is installed, or null. */
export function noWindowReason(): string | null {
  if (process.platform !== 'linux') return null;
  return process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? null : 'There is no display';
}
