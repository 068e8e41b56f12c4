import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportOf } from '../../src/terminal/report.mjs';
import { missingToBuild, sqliteLines } from '../../src/terminal/sqlite-module.mjs';

/** A folder for PATH that holds these programs and no other. */
async function pathWith(programs: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'heshi-path-'));
  for (const name of programs) {
    await writeFile(join(folder, name), '');
    await chmod(join(folder, name), 0o755);
  }
  return folder;
}

const COMPILERS = ['c++', 'g++', 'clang++'] as const;
const MAKES = ['make', 'gmake'] as const;
const PYTHONS = ['python3', 'python'] as const;

test('what a build would need is named exactly when it is not there, always in two lines', () =>
  fc.assert(
    fc.asyncProperty(
      fc.subarray([...COMPILERS]),
      fc.subarray([...MAKES]),
      fc.subarray([...PYTHONS]),
      fc.boolean(),
      async (compilers, makes, pythons, spaced) => {
        const path = await pathWith([...compilers, ...makes, ...pythons]);
        const place = {
          folder: spaced ? '/srv/my project' : '/srv/项目',
          environment: { PATH: path },
          platform: 'linux',
        };
        expect(missingToBuild(place)).toEqual([
          ...(compilers.length === 0 ? ['compiler'] : []),
          ...(makes.length === 0 ? ['make'] : []),
          ...(pythons.length === 0 ? ['python3'] : []),
          ...(spaced ? ['path'] : []),
        ]);
        const lines = sqliteLines(place);
        expect(lines).toHaveLength(2);
        expect(lines.join('').includes('\n')).toBe(false);
        expect(lines[0].includes('C++ compiler')).toBe(compilers.length === 0);
        expect(lines[0].includes('python3')).toBe(pythons.length === 0);
        expect(lines[1].includes('without spaces')).toBe(spaced);
        await rm(path, { recursive: true });
      },
    ),
    { numRuns: 60 },
  ));

test('programs that the environment names count as present', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heshi-path-'));
  const own = join(folder, 'own');
  await mkdir(own);
  const [CXX, MAKE, PYTHON] = ['cc', 'mk', 'py'].map((name) => join(own, name));
  for (const file of [CXX, MAKE, PYTHON]) await writeFile(file ?? '', '');
  expect(
    missingToBuild({ folder: '/srv', environment: { PATH: folder, CXX, MAKE, PYTHON }, platform: 'linux' }),
  ).toEqual([]);
  await rm(folder, { recursive: true });
});

test('a module that is missing, or has no binary, ends a command in the two lines', () => {
  const missing = Object.assign(new Error("Cannot find package 'sqlite3' imported from /srv/lock.ts"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
  const unbuilt = new Error('Could not locate the bindings file. Tried:\n → /srv/node_modules/sqlite3/build');
  for (const error of [missing, unbuilt, new Error('outer', { cause: missing })])
    expect(reportOf(error, {})).toBe(sqliteLines().join('\n'));
});
