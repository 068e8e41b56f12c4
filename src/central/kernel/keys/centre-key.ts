import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { centreKeyOf, type CentreKey } from '../../../protocol/centre-key.ts';

/** The file of a centre's key in its data folder. */
export const CENTRE_KEY_FILE = 'centre.key';

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** For so long after a centre's key was made, what an older release has left in its database is answered for. */
const ADOPTS_MS = 24 * 60 * 60_000;

/** A centre's key as it lies in its file. */
export type KeyFile = {
  key: CentreKey;
  /** Whether what is in the database without a signature is from before there was the key. */
  adopts(now: Date): boolean;
};

async function readKey(file: string): Promise<KeyFile | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0)
    throw new Error(`${file} can be read by others: chmod 600 it, or make workstations trust a new one`);
  try {
    const [key = '', madeAt = ''] = text.split('\n');
    const until = Date.parse(madeAt) + ADOPTS_MS;
    return { key: centreKeyOf(Buffer.from(key, 'base64')), adopts: (now) => now.getTime() < until };
  } catch (cause) {
    throw new Error(`${file} holds no key of a centre`, { cause });
  }
}

/** Reads a centre's key. @throws Error where there is none */
export async function readCentreKey(file: string): Promise<KeyFile> {
  const key = await readKey(file);
  if (key === null) throw new Error(`${file}: no such file; a centre makes its key at its first start`);
  return key;
}

/**
 * The key of this centre, made at its first start. It lies in a file that only its owner can read, apart from the database, so
 * that who can change the database cannot sign; all processes of one centre have the same file. When it was made stands there too. @throws Error where the
 * file is no key, or others can read it
 */
export async function openCentreKey(file: string, now: Date): Promise<KeyFile> {
  const known = await readKey(file);
  if (known !== null) return known;
  const { privateKey } = generateKeyPairSync('ed25519');
  const text = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.${randomUUID()}`;
  await writeFile(part, `${text}\n${now.toISOString()}\n`, { mode: 0o600, flush: true });
  try {
    // Whole or not at all, and never over one that another process has just made.
    await link(part, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(part);
  }
  return readCentreKey(file);
}
