import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ROOT } from '../test/command.ts';
import { WORKSTATION } from '../kill-test/processes.ts';

const execute = promisify(execFile);

const Package = z.object({ dependencies: z.record(z.string(), z.string()) });

/**
 * Gives a release the packages that are installed here, and those that it needs and this one no longer does, from the registry.
 * What differs only in its version is the one of here.
 */
async function providePackages(folder: string): Promise<void> {
  const here = join(ROOT, 'node_modules');
  const { dependencies } = Package.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  const gone = Object.entries(dependencies).filter(([name]) => !existsSync(join(here, name)));
  const packages = join(folder, 'node_modules');
  for (const entry of await readdir(here)) {
    // A scope is a folder of its own, so that nothing is ever put into the one of here.
    const names = entry.startsWith('@')
      ? (await readdir(join(here, entry))).map((one) => `${entry}/${one}`)
      : [entry];
    for (const name of names) {
      await mkdir(dirname(join(packages, name)), { recursive: true });
      await symlink(join(here, name), join(packages, name), 'junction');
    }
  }
  if (gone.length === 0) return;
  const own = `${folder}-packages`;
  await mkdir(own, { recursive: true });
  const wanted = gone.map(([name, version]) => `${name}@${version}`);
  const quiet = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  await execute('npm', ['install', '--prefix', own, ...quiet, ...wanted], { cwd: own });
  for (const [name] of gone) {
    await mkdir(dirname(join(packages, name)), { recursive: true });
    await symlink(join(own, 'node_modules', name), join(packages, name), 'junction');
  }
}

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
  await providePackages(folder);
  // How a workstation is started for a test is the test's own, not the release's.
  const process = join(folder, WORKSTATION);
  await mkdir(dirname(process), { recursive: true });
  await copyFile(join(ROOT, WORKSTATION), process);
}
