import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { clusterFolder, startEmbeddedPostgres } from '../kernel/db/embedded.ts';
import { giveToServer } from '../kernel/db/postgres-programs.ts';
import { CENTRE_KEY_FILE } from '../kernel/keys/centre-key.ts';
import { ALL, copyTree } from './copy.ts';

export type RestoreOrder = {
  backup: string;
  archive: string;
  /** The new data folder. */
  folder: string;
  /** As it was at this instant; null is as late as the archive goes. */
  until: string | null;
};

async function giveTree(folder: string): Promise<void> {
  await giveToServer(folder);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
    await giveToServer(join(entry.parentPath, entry.name));
}

/** PostgreSQL's own settings for a recovery ("Recovery Target"); the file is read after all others. */
function recoverySettings(archive: string, until: string | null): string {
  // PostgreSQL takes no `Z` here.
  const target = until === null ? null : new Date(until).toISOString().replace('T', ' ').replace('Z', '+00');
  return [
    `restore_command = 'cp "${archive}/%f" "%p"'`,
    ...(target === null ? [] : [`recovery_target_time = '${target}'`]),
    `recovery_target_action = 'promote'`,
    '',
  ].join('\n');
}

/**
 * Makes a new data folder from a backup and the archive, brought to an instant, and ends with its database whole and
 * stopped: a centre starts on it as always. Backup and archive are only read. Returns a line for the administrator.
 * @throws Error when the folder has something in it, the backup is none, or PostgreSQL cannot get to that instant
 */
export async function restore({ backup, archive, folder, until }: RestoreOrder): Promise<string> {
  if (existsSync(folder) && (await readdir(folder)).length > 0)
    throw new Error(`${folder} is not empty; nothing was written`);
  if (!existsSync(join(backup, 'postgres', 'backup_label')))
    throw new Error(`${backup} is no backup of a centre`);
  if (!existsSync(archive)) throw new Error(`${archive}: no such folder`);
  await mkdir(folder, { recursive: true, mode: 0o711 });
  await copyFile(join(backup, 'password'), join(folder, 'password'));
  await chmod(join(folder, 'password'), 0o600);
  if (existsSync(join(backup, CENTRE_KEY_FILE))) {
    await copyFile(join(backup, CENTRE_KEY_FILE), join(folder, CENTRE_KEY_FILE));
    await chmod(join(folder, CENTRE_KEY_FILE), 0o600);
  }
  if (existsSync(join(backup, 'evidence')))
    await copyTree(join(backup, 'evidence'), join(folder, 'evidence'), ALL);
  const cluster = await clusterFolder(folder);
  await copyTree(join(backup, 'postgres'), cluster, ALL);
  const settings = join(cluster, 'postgresql.auto.conf');
  const before = await readFile(settings, 'utf8').catch(() => '');
  await writeFile(settings, `${before}\n${recoverySettings(resolve(archive), until)}`);
  await writeFile(join(cluster, 'recovery.signal'), '');
  await chmod(cluster, 0o700);
  await giveTree(cluster);
  // Ready means recovered: until then PostgreSQL takes readers only.
  const server = await startEmbeddedPostgres({ folder });
  try {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const { rows } = await client.query<{ last: Date | null }>(
      `SELECT max(received_at) AS last FROM event WHERE NOT pg_is_in_recovery()`,
    );
    await client.end();
    const last = rows[0]?.last?.toISOString() ?? 'none';
    return `Restored into ${folder}; its last fact came at ${last}. Workstations send again by themselves what it lost.`;
  } finally {
    await server.stop();
    // A later start must not look for an archive again.
    await writeFile(settings, before);
  }
}
