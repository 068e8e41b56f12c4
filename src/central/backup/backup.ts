import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { clusterFolder, joinEmbeddedPostgres } from '../kernel/db/embedded.ts';
import { CENTRE_KEY_FILE } from '../kernel/keys/centre-key.ts';
import { ALL, copyTree } from './copy.ts';

/** Of a running cluster: what belongs to the process or is rebuilt at the start (PostgreSQL, "Continuous Archiving"). */
const SKIPPED = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'backup_label',
  'tablespace_map',
  'recovery.signal',
]);
const EMPTY = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);

const isEmptyFolder = async (folder: string): Promise<boolean> =>
  !existsSync(folder) || (await readdir(folder)).length === 0;

/**
 * Copies a centre's data folder while it runs: the database's files between PostgreSQL's own marks, its password, the
 * centre's key and the sealed evidence with its own. With the archive it can be brought to any instant after its end. The folder
 * comes into being whole or not at all. Returns a line for the administrator.
 * @throws Error when the centre does not archive, or the target is not empty
 */
export async function backUp({ folder, to }: { folder: string; to: string }): Promise<string> {
  if (!(await isEmptyFolder(to))) throw new Error(`${to} is not empty; nothing was written`);
  const { url, leave } = await joinEmbeddedPostgres({ folder });
  const client = new pg.Client({ connectionString: url, application_name: 'heshi-backup' });
  client.on('error', () => undefined);
  const part = `${to.replace(/\/+$/, '')}.part-${process.pid}`;
  try {
    await client.connect();
    const mode = await client.query<{ archive_mode: string }>('SHOW archive_mode');
    if (mode.rows[0]?.archive_mode !== 'on')
      throw new Error('The centre keeps no archive: start it with --archive DIR, then back up');
    await mkdir(part, { recursive: true, mode: 0o700 });
    await client.query(`SELECT pg_backup_start('heshi', fast => true)`);
    const files = await copyTree(await clusterFolder(folder), join(part, 'postgres'), {
      skip: (path) => SKIPPED.has(path) || /(^|\/)pgsql_tmp/.test(path),
      empty: (path) => EMPTY.has(path),
    });
    await mkdir(join(part, 'postgres', 'pg_wal', 'archive_status'), { recursive: true, mode: 0o700 });
    // Ends when all that the copy needs is in the archive.
    const ended = await client.query<{ labelfile: string }>(
      'SELECT labelfile FROM pg_backup_stop(wait_for_archive => true)',
    );
    await writeFile(join(part, 'postgres', 'backup_label'), ended.rows[0]?.labelfile ?? '', { mode: 0o600 });
    await copyFile(join(folder, 'password'), join(part, 'password'));
    // Absent where the centre was started with a file elsewhere.
    if (existsSync(join(folder, CENTRE_KEY_FILE)))
      await copyFile(join(folder, CENTRE_KEY_FILE), join(part, CENTRE_KEY_FILE));
    const evidence = join(folder, 'evidence');
    // After the database: content is never changed, so that all it names is there.
    const kept = existsSync(evidence) ? await copyTree(evidence, join(part, 'evidence'), ALL) : 0;
    if (existsSync(to)) await rm(to, { recursive: true });
    await rename(part, to);
    return `Backed up ${folder} to ${to}: ${files} files of the database, ${kept} of evidence`;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end().catch(() => undefined);
    await leave();
  }
}
