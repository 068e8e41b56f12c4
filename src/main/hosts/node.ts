import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import open from 'open';
import { HostKeyLost, type Host } from '../kernel/host.ts';

const KEY = 32;
const NONCE = 12;
const TAG = 16;

/**
 * The key file is readable by its owner only and made on first use: whole or not at all, whatever stops the
 * process, and one key for all who ask at once.
 */
async function fileKey(folder: string): Promise<Buffer> {
  const file = join(folder, 'host.key');
  try {
    return await readFile(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fresh = `${file}.${randomUUID()}`;
  await writeFile(fresh, randomBytes(KEY), { mode: 0o600, flag: 'wx', flush: true });
  try {
    // Unlike a rename, a link never replaces a key that somebody has sealed with meanwhile.
    await link(fresh, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(fresh, { force: true });
  }
  return readFile(file);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** The Node host: secrets under an owner-only key file (AES-256-GCM), no desktop notifications. */
export function createNodeHost(dataFolder: string): Host {
  return {
    name: 'node',
    sealing: () => 'file',
    sealSecret: async (plain) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', await fileKey(dataFolder), nonce);
      const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    openSecret: async (sealed) => {
      const bytes = Buffer.from(sealed);
      try {
        // Never made here: a new key opens nothing, and would stand in the way of the old one.
        const key = await readFile(join(dataFolder, 'host.key'));
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE));
        decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
      } catch (error) {
        throw new HostKeyLost(error);
      }
    },
    // A browser has no tray; what would be notified stands on the screen.
    notify: () => undefined,
    openExternal: async (url) => {
      await open(url);
    },
  };
}
