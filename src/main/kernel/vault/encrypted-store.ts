import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { credentialOf } from '../sessions.ts';
import { readShare } from './share.ts';
import { connect, encryptFile, type ConnectOptions } from '../store/connection.ts';
import { STORE_FILE, StorageError } from '../store/fault.ts';
import { openStore, type Store } from '../store/store.ts';
import type { Projections } from '../store/projections.ts';
import type { Opener, Vault } from './vault.ts';
import { KEY_BYTES } from './wrap.ts';

const PLAIN = 'SQLite format 3\0';

/** True for a database that an older release has left, which did not encrypt. */
export async function isPlain(file: string): Promise<boolean> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(PLAIN.length), 0, PLAIN.length, 0);
      return bytesRead === PLAIN.length && buffer.toString('latin1') === PLAIN;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

const isOtherKey = (error: unknown): boolean =>
  error instanceof StorageError && error.code === 'not-a-database';

/** Who may open a workstation: the active accounts of its unit. */
export async function openersOf(read: Store['read'], unitPath: string): Promise<Opener[]> {
  const rows = await read
    .selectFrom('staff_row')
    .select(['id', 'name', 'role', 'password_hash'])
    .where('unit_path', '=', unitPath)
    .where('active', '=', 1)
    .orderBy('name')
    .execute();
  return rows.map((row) => ({
    staffId: row.id,
    name: row.name,
    role: row.role as Opener['role'],
    credential: credentialOf(row.password_hash),
    passwordHash: row.password_hash,
  }));
}

/** Puts another key in the place of one that somebody knew who has gone. Stopped at any point, one of the two opens. */
async function replaceKey(file: string, key: Uint8Array, vault: Vault): Promise<Uint8Array> {
  const { kysely, close } = await connect(file, { key });
  let openers: Opener[];
  let share: Uint8Array | null;
  try {
    share = await readShare(kysely);
    const row = await kysely
      .selectFrom('meta')
      .select('value')
      .where('key', '=', 'identity')
      .executeTakeFirst();
    if (row === undefined) return key;
    openers = await openersOf(kysely, (JSON.parse(row.value) as { unitPath: string }).unitPath);
  } finally {
    await close();
  }
  const next = randomBytes(KEY_BYTES);
  await vault.prepareNext(next, openers, share);
  await encryptFile(file, key, next);
  await vault.nextIsKey();
  return next;
}

/**
 * Opens a workstation's store with the one of these keys that fits. One that an older release has left in plain text is encrypted
 * first; a key that somebody knew who has gone is replaced.
 * @throws StorageError, `not-a-database` where no key fits
 */
export async function openEncryptedStore(
  folder: string,
  {
    keys,
    vault,
    ...options
  }: Omit<ConnectOptions, 'key'> & {
    keys: readonly Uint8Array[];
    vault: Vault;
    projections: Projections;
  },
): Promise<{ store: Store; key: Uint8Array }> {
  const file = join(folder, STORE_FILE);
  const [first] = keys;
  if (first === undefined) throw new Error('No key');
  if (await isPlain(file)) await encryptFile(file, null, first);
  for (const [index, key] of keys.entries()) {
    try {
      const store = await openStore(folder, { key, ...options });
      if (index > 0) await vault.nextIsKey();
      if (!vault.isStale()) return { store, key };
      await store.close();
      const next = await replaceKey(file, key, vault);
      return { store: await openStore(folder, { key: next, ...options }), key: next };
    } catch (error) {
      if (!isOtherKey(error) || index === keys.length - 1) throw error;
    }
  }
  throw new Error('No key');
}
