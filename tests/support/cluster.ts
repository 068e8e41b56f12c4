import { execFile } from 'node:child_process';
import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openDatabase } from '../../src/central/db/database.ts';
import { clusterFolder, startEmbeddedPostgres } from '../../src/central/db/embedded.ts';
import { migrate } from '../../src/central/db/migrate.ts';
import { removeServerData } from '../../src/central/db/postgres-programs.ts';

/** Names the folder of the cluster that this run's servers start from. */
const MADE_ONCE = 'HESHI_TEST_CLUSTER';
/** The database in it that is up to date and empty. */
export const MIGRATED = 'heshi_migrated';

const run = promisify(execFile);

/** Makes, once for a whole run, the cluster that each file's own server is a copy of: making one anew takes seconds. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'heshi-cluster-'));
  const server = await startEmbeddedPostgres({ folder, durable: false, disposable: true });
  try {
    const { database } = openDatabase(await server.createDatabase(MIGRATED));
    await migrate(database).finally(() => database.destroy());
  } finally {
    await server.stop();
  }
  process.env[MADE_ONCE] = folder;
  return () => removeServerData(folder);
}

/** Puts a copy of this run's cluster into a new folder; false outside a run, where there is none. */
export async function copyCluster(folder: string): Promise<boolean> {
  const made = process.env[MADE_ONCE];
  if (made === undefined) return false;
  await copyFile(join(made, 'password'), join(folder, 'password'));
  // With the owner and the modes that the server insists on.
  await run('cp', ['-a', await clusterFolder(made), await clusterFolder(folder, true)]);
  return true;
}
