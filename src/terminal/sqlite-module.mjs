import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The workstation's database is a native module, which `npm ci` builds with node-gyp. That fails in a page of its own words: these lines take its place. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What node-gyp would need here and does not find.
 * @param {{ folder: string, environment: Record<string, string | undefined>, platform?: string }} place
 * @returns {('compiler' | 'make' | 'python3' | 'path')[]}
 */
export function missingToBuild({ folder, environment, platform = process.platform }) {
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter).filter(Boolean);
  /** @param {(string | undefined)[]} names */
  const some = (names) =>
    names.some(
      (name) =>
        name !== undefined && (existsSync(name) || folders.some((one) => existsSync(join(one, name)))),
    );
  /** @type {('compiler' | 'make' | 'python3' | 'path')[]} */
  const missing = [];
  // On Windows both are parts of Visual Studio, which node-gyp alone knows how to find.
  if (platform !== 'win32') {
    if (!some([environment['CXX'], 'c++', 'g++', 'clang++'])) missing.push('compiler');
    if (!some([environment['MAKE'], 'make', 'gmake'])) missing.push('make');
  }
  const pythons = platform === 'win32' ? ['py.exe', 'python.exe', 'python3.exe'] : ['python3', 'python'];
  if (!some([environment['PYTHON'], environment['npm_config_python'], ...pythons])) missing.push('python3');
  if (/\s/.test(folder)) missing.push('path');
  return missing;
}

const WORDS = {
  compiler: 'no C++ compiler',
  make: 'no make',
  python3: 'no python3',
  path: 'a space in the project’s path',
};

/**
 * The two lines: what is missing, and what to do.
 * @param {{ folder: string, environment: Record<string, string | undefined>, platform?: string }} place
 * @returns {[string, string]}
 */
export function sqliteLines(place = { folder: ROOT, environment: process.env }) {
  const missing = missingToBuild(place);
  const what =
    missing.length === 0
      ? 'node-gyp failed'
      : `it cannot be built here, there is ${missing.map((one) => WORDS[one]).join(', ')}`;
  const packages = missing.some((one) => one !== 'path')
    ? ['install what is missing (Debian: apt-get install g++ make python3; macOS: xcode-select --install)']
    : [];
  const move = missing.includes('path') ? ['move the project to a path without spaces'] : [];
  const todo = [...move, ...packages];
  return [
    `sqlite3, the database of the workstation, is not built: ${what}.`,
    missing.length === 0
      ? 'Next: npm ci --foreground-scripts shows why it failed.'
      : `Next: ${todo.join(' and ')}, then run npm ci again.`,
  ];
}
