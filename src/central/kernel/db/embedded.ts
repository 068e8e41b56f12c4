import { execFile, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { Stopped } from '../../../terminal/stopped.ts';
import {
  giveToServer,
  othersCanReach,
  prepareServerHome,
  programsFor,
  serverAccount,
  type Account,
  type Programs,
} from './postgres-programs.ts';

export type EmbeddedServer = {
  url: string;
  /** Makes one more database on this server, empty or a copy of another, and gives its address (tests). */
  createDatabase(name: string, like?: string): Promise<string>;
  stop(): Promise<void>;
};

async function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function passwordIn(folder: string): Promise<string> {
  const file = join(folder, 'password');
  if (existsSync(file)) return readFile(file, 'utf8');
  const password = randomBytes(18).toString('base64url');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

/** Makes the folder above the database's files, and says where those files go (see `serverHome`). */
export async function clusterFolder(folder: string, disposable = false): Promise<string> {
  return join(await prepareServerHome(folder, disposable), 'postgres');
}

type Left = { pid: number; port: number };

/** The server that the folder's own note says is running, if its process is there. */
async function leftRunning(databaseDir: string): Promise<Left | null> {
  const file = join(databaseDir, 'postmaster.pid');
  if (!existsSync(file)) return null;
  // Line 1 is the process, line 4 the port (PostgreSQL, miscadmin.h).
  const lines = (await readFile(file, 'utf8')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!(pid > 0) || !(port > 0)) return null;
  try {
    process.kill(pid, 0);
    return { pid, port };
  } catch {
    return null;
  }
}

/**
 * Takes over a server that outlived the centre which started it (a kill, a crash). A live centre holds a
 * database connection under this name, so that nobody else's server is taken.
 */
const HOLDER = 'heshi-embedded-holder';

class AnotherCentre extends Stopped {
  constructor() {
    super('Another centre is running on this data folder', {
      next: 'stop that one, or name another folder with --data DIR.',
    });
  }
}

async function hold(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: HOLDER });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ others: number }>(
    `SELECT count(*)::int AS others FROM pg_stat_activity
     WHERE application_name = $1 AND pid <> pg_backend_pid()`,
    [HOLDER],
  );
  if ((rows[0]?.others ?? 0) > 0) {
    await client.end();
    throw new AnotherCentre();
  }
  return client;
}

async function takeOver(left: Left, urlOf: (port: number) => string): Promise<EmbeddedServer | null> {
  let holder: pg.Client;
  try {
    holder = await hold(urlOf(left.port));
  } catch (error) {
    // Whatever bears that process number now, it is not our server.
    if (error instanceof AnotherCentre) throw error;
    return null;
  }
  return {
    url: urlOf(left.port),
    createDatabase: () => Promise.reject(new Error('Not on a server that was taken over')),
    stop: async () => {
      await holder.end().catch(() => undefined);
      process.kill(left.pid, 'SIGINT');
      for (let tries = 0; tries < 200; tries += 1) {
        try {
          process.kill(left.pid, 0);
        } catch {
          return;
        }
        await wait(50);
      }
    },
  };
}

/**
 * The way to a data folder's database for a command beside the centre: the running centre's server where there is
 * one, which stays; else a server of its own, which ends with `leave`.
 */
export async function joinEmbeddedPostgres(options: {
  folder: string;
}): Promise<{ url: string; leave(): Promise<void> }> {
  if (!existsSync(join(options.folder, 'password')))
    throw new Stopped(`No centre's data in ${options.folder}`, { next: 'name its folder with --data DIR.' });
  const left = await leftRunning(await clusterFolder(options.folder));
  if (left !== null) {
    const password = await passwordIn(options.folder);
    const url = `postgres://heshi:${password}@127.0.0.1:${left.port}/heshi`;
    const client = new pg.Client({ connectionString: url });
    const reached = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    // Whatever bears that process number otherwise is not our server.
    if (reached) return { url, leave: async () => undefined };
  }
  const server = await startEmbeddedPostgres(options);
  return { url: server.url, leave: server.stop };
}

/** Settings under which each finished piece of the log is kept; one that is there already is never written over. */
async function archiveInto(archive: string): Promise<Record<string, string>> {
  const folder = resolve(archive);
  if (/["'%\\]/.test(folder))
    throw new Error(`--archive ${folder}: a path without quotes, percent signs and backslashes`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (process.getuid?.() === 0 && !othersCanReach(dirname(folder)))
    throw new Error(`--archive ${folder}: the database's account cannot reach it`);
  await giveToServer(folder);
  return {
    archive_mode: 'on',
    archive_command: `test ! -f "${folder}/%f" && cp "%p" "${folder}/%f.part" && mv "${folder}/%f.part" "${folder}/%f"`,
    // A quiet hour loses no more than this.
    archive_timeout: '60',
  };
}

/** For tests: nothing waits for the disk, and the centres of many tests find room on one server. */
const UNDURABLE = { fsync: 'off', synchronous_commit: 'off', max_connections: '400' };

/** How the programs are started: under the server's account, in a folder it can enter. */
function startedAs(account: Account | null, home: string): SpawnOptions {
  // PostgreSQL's own words are recognised below, so that they must not be translated.
  return { ...account, cwd: home, env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' } };
}

/** Makes an empty cluster with one superuser. @throws Error with what `initdb` said */
async function initialise(
  databaseDir: string,
  { programs, account, password }: { programs: Programs; account: Account | null; password: string },
): Promise<void> {
  const home = dirname(databaseDir);
  await mkdir(databaseDir, { recursive: true, mode: 0o700 });
  await giveToServer(databaseDir);
  const passwordFile = join(home, `first-password-${process.pid}`);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await giveToServer(passwordFile);
  try {
    await promisify(execFile)(
      programs.initdb,
      [
        `--pgdata=${databaseDir}`,
        '--auth=password',
        '--username=heshi',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
      ],
      startedAs(account, home),
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

const READY = 'database system is ready to accept connections';
/** Lines of PostgreSQL's log that are repeated when it does not start. */
const LAST_LINES = 20;

/** Starts the server on its cluster; resolves when it takes connections. @throws Error with its last words */
async function launch(
  databaseDir: string,
  { programs, account, settings }: { programs: Programs; account: Account | null; settings: string[] },
): Promise<ChildProcess> {
  const child = spawn(programs.postgres, ['-D', databaseDir, ...settings], {
    ...startedAs(account, dirname(databaseDir)),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  await new Promise<void>((ready, failed) => {
    child.once('error', failed);
    child.once('exit', () => failed(new Error(said.join('\n'))));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said.push(text.trim());
      if (said.length > LAST_LINES) said.shift();
      if (text.includes(READY)) ready();
    });
  });
  return child;
}

/**
 * Runs the real PostgreSQL that npm brings, with its data in `folder`, on a free loopback port. For a centre
 * without a server of its own: the same SQL, the same code. `durable: false` is for tests only. As root the server runs
 * under an account of its own; what that account cannot reach in a private folder lies below `/var/lib/heshi`.
 * @throws when another centre runs on the folder, or with PostgreSQL's own words when it does not start.
 */
export async function startEmbeddedPostgres(options: {
  folder: string;
  durable?: boolean;
  /** Where every finished piece of the write-ahead log is copied, for a recovery to a point in time. */
  archive?: string;
  /** The data is nobody's record (a demonstration, a test): what lies outside the folder goes when the folder has gone. */
  disposable?: boolean;
}): Promise<EmbeddedServer> {
  await mkdir(options.folder, { recursive: true, mode: 0o711 });
  const password = await passwordIn(options.folder);
  const urlOf = (port: number, name = 'heshi'): string =>
    `postgres://heshi:${password}@127.0.0.1:${port}/${name}`;
  const databaseDir = await clusterFolder(options.folder, options.disposable);
  const left = await leftRunning(databaseDir);
  const taken = left === null ? null : await takeOver(left, urlOf);
  if (taken !== null) return taken;

  const archiving = options.archive === undefined ? {} : await archiveInto(options.archive);
  const port = await freePort();
  const settings = Object.entries({
    port: String(port),
    listen_addresses: '127.0.0.1',
    shared_buffers: '128MB',
    // Bursts of pushes are written out less often, and smoothly.
    max_wal_size: '2GB',
    ...archiving,
    ...(options.durable === false ? UNDURABLE : {}),
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const fresh = !existsSync(join(databaseDir, 'PG_VERSION'));
  let server: ChildProcess;
  let programs: Programs;
  try {
    const account = await serverAccount();
    programs = await programsFor(dirname(databaseDir));
    if (fresh) await initialise(databaseDir, { programs, account, password });
    server = await launch(databaseDir, { programs, account, settings });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`PostgreSQL did not start: ${reason}`, { cause: error });
  }
  // Whatever ends this process must not leave the server behind; SIGKILL does, and the next start takes it over.
  const endWithProcess = (): void => void server.kill('SIGINT');
  process.once('exit', endWithProcess);
  const stopServer = async (): Promise<void> => {
    process.off('exit', endWithProcess);
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    // SIGINT is PostgreSQL's fast shutdown; Windows knows no signals, and the program that sends it one.
    if (process.platform === 'win32')
      await promisify(execFile)(programs.pgCtl, ['stop', '-D', databaseDir, '-m', 'fast']);
    else server.kill('SIGINT');
    await ended;
  };
  try {
    if (fresh) await createFirstDatabase(urlOf(port, 'postgres'));
    const holder = await hold(urlOf(port));
    return {
      url: urlOf(port),
      createDatabase: async (name, like = 'template1') => {
        await holder.query(
          `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(like)}`,
        );
        return urlOf(port, name);
      },
      stop: async () => {
        await holder.end().catch(() => undefined);
        await stopServer();
      },
    };
  } catch (error) {
    await stopServer();
    throw error;
  }
}

async function createFirstDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE DATABASE heshi');
  await client.end();
}
