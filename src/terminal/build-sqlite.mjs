import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The npm package sqlite3 has SQLite's own source inside, which cannot encrypt. Its driver is built here upon SQLite3 Multiple
 * Ciphers instead, whose source comes with better-sqlite3-multiple-ciphers; `native/binding.gyp` says how. Neither package's own
 * install script runs (`allowScripts`).
 */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const RECIPE = join(ROOT, 'native/binding.gyp');
const BUILT = join(ROOT, 'node_modules/sqlite3/build/Release');
const ADDON = join(BUILT, 'node_sqlite3.node');
/** What the addon was built from: another version, or another recipe, wants another build. */
const STAMP = join(BUILT, 'heshi-built-from.json');

/** @param {string} name */
const versionOf = (name) =>
  JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;

function sources() {
  const names = ['sqlite3', 'better-sqlite3-multiple-ciphers', 'node-addon-api'];
  return JSON.stringify({
    versions: Object.fromEntries(names.map((name) => [name, versionOf(name)])),
    recipe: readFileSync(RECIPE, 'utf8'),
    machine: `${process.platform} ${process.arch}`,
  });
}

/** True when the addon is there, and built from what is installed. */
export function isSqliteBuilt() {
  try {
    return existsSync(ADDON) && readFileSync(STAMP, 'utf8') === sources();
  } catch {
    return false;
  }
}

/** Where the headers of the Node that is installed beside lie; node-gyp would fetch them from nodejs.org otherwise. */
function headers() {
  const { platform, arch } = process;
  const folder = join(
    ROOT,
    `node_modules/node/node_modules/node-${platform === 'win32' ? 'win' : platform}-${arch}`,
  );
  return existsSync(join(folder, 'include/node/common.gypi')) ? [`--nodedir=${folder}`] : [];
}

/**
 * Builds the addon where it is not built yet. Another process that has the old one loaded keeps it.
 * @returns whether it is there now
 */
export function buildSqlite() {
  if (isSqliteBuilt()) return true;
  const gyp = require.resolve('node-gyp/bin/node-gyp.js');
  const made = spawnSync(process.execPath, [gyp, 'rebuild', '--jobs=max', ...headers()], {
    cwd: join(ROOT, 'native'),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (made.status !== 0) return false;
  mkdirSync(BUILT, { recursive: true });
  rmSync(STAMP, { force: true });
  copyFileSync(join(ROOT, 'native/build/Release/node_sqlite3.node'), `${ADDON}.part`);
  renameSync(`${ADDON}.part`, ADDON);
  writeFileSync(STAMP, sources());
  rmSync(join(ROOT, 'native/build'), { recursive: true, force: true });
  return true;
}
