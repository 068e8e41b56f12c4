import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { bin, ROOT, run } from './command.ts';

const PACKAGE = join(ROOT, 'node_modules/electron');
const pathFile = join(PACKAGE, 'path.txt');
const binary = existsSync(pathFile) ? join(PACKAGE, 'dist', readFileSync(pathFile, 'utf8')) : null;

if (binary === null || !existsSync(binary)) {
  process.stdout.write('SKIPPED: Electron’s binary is not here, so nothing was tested in real Electron.\n');
} else {
  process.exitCode = await smoke(binary);
}

/** Builds and starts the application, and waits until its page has spoken to the workstation behind it. */
async function smoke(executablePath: string): Promise<number> {
  const built = await run(bin('electron-vite'), ['build']);
  if (built !== 0) return built;
  const folder = await mkdtemp(join(tmpdir(), 'heshi-electron-'));
  const app = await _electron.launch({ executablePath, args: [ROOT, `--user-data-dir=${folder}`] });
  try {
    const page = await app.firstWindow();
    // The enrolment form stands there only after the port was handed over and `session.state` answered.
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('textbox').first().waitFor();
    process.stdout.write('Electron: 1 passed\n');
    return 0;
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
}
