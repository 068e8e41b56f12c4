import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import open from 'open';
import type { Host } from './host.ts';

const NONCE = 12;
const TAG = 16;

/** The key file is readable by its owner only; it is made on first use. */
async function fileKey(folder: string): Promise<Buffer> {
  const file = join(folder, 'host.key');
  try {
    return await readFile(file);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const key = randomBytes(32);
    await writeFile(file, key, { mode: 0o600, flag: 'wx' });
    return key;
  }
}

/** The Node host: secrets under an owner-only key file (AES-256-GCM), no desktop notifications. */
export function createNodeHost(dataFolder: string): Host {
  return {
    name: 'node',
    sealSecret: async (plain) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', await fileKey(dataFolder), nonce);
      const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    openSecret: async (sealed) => {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv('aes-256-gcm', await fileKey(dataFolder), bytes.subarray(0, NONCE));
      decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
    },
    // A browser has no tray; what would be notified stands on the screen.
    notify: () => undefined,
    openExternal: async (url) => {
      await open(url);
    },
  };
}
