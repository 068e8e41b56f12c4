import { execFile } from 'node:child_process';
import { copyFile, mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../test/command.ts';
import { WORKSTATION } from '../kill-test/processes.ts';

const execute = promisify(execFile);

/**
 * Puts the sources of another release of this project, as git has them, into a folder, ready to run with the packages
 * that are installed here. @throws with git’s own words when there is no such release
 */
export async function checkOutRelease(reference: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const archive = join(folder, 'release.tar');
  const wanted = [
    'src',
    'migrations',
    'tools',
    'data',
    'package.json',
    'tsconfig.base.json',
    'tsconfig.json',
  ];
  await execute('git', ['archive', '--format=tar', `--output=${archive}`, reference, ...wanted], {
    cwd: ROOT,
  });
  await execute('tar', ['-xf', archive, '-C', folder]);
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  // How a workstation is started for a test is the test's own, not the release's.
  const process = join(folder, WORKSTATION);
  await mkdir(dirname(process), { recursive: true });
  await copyFile(join(ROOT, WORKSTATION), process);
}
