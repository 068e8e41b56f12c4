import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { open, rm, stat, type FileHandle } from 'node:fs/promises';

/*
 * Encrypted content at rest, on workstations and at the centre: AES-256-GCM in chunks, so that any range can be read without
 * reading what precedes it, and no file is ever held in memory as a whole.
 *
 *   header   "HSE1" + 16 bytes of salt; the file's own key is HKDF-SHA256(data key, salt)
 *   chunk i  up to 64 KiB of content + 16 bytes of tag; its nonce is i and whether it is the last,
 *            so that chunks can be neither reordered, nor left out, nor cut off at the end
 */
const MAGIC = Buffer.from('HSE1');
const SALT = 16;
const HEADER = MAGIC.length + SALT;
const TAG = 16;
const CHUNK = 64 * 1024;

/** Bytes of a data key. */
export const DATA_KEY_BYTES = 32;

/** The stored bytes were altered or truncated, or belong to another key. */
export class ContentDamaged extends Error {
  constructor(file: string, cause?: unknown) {
    super(`Damaged content: ${file}`, { cause });
  }
}

function fileKey(dataKey: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, salt, 'heshi-content', 32));
}

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce.writeUInt8(last ? 1 : 0, 11);
  return nonce;
}

export type SealingWriter = {
  /** Bytes of content written so far. */
  size(): number;
  write(bytes: Uint8Array): Promise<void>;
  /** Writes the last chunk and waits until everything is on disk. */
  finish(): Promise<{ size: number; sha256: string }>;
  /** Closes and removes the file. */
  discard(): Promise<void>;
};

/** Creates a sealed file that only its owner can read. @throws when the file exists. */
export async function createSealed(file: string, dataKey: Uint8Array): Promise<SealingWriter> {
  const handle = await open(file, 'wx', 0o600);
  const salt = randomBytes(SALT);
  const key = fileKey(dataKey, salt);
  const hash = createHash('sha256');
  let index = 0;
  let size = 0;
  let waiting: Uint8Array[] = [];
  let waitingSize = 0;

  const seal = async (plain: Uint8Array, last: boolean): Promise<void> => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index, last));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    index += 1;
    await writeAll(handle, sealed);
  };
  /** Seals whole chunks and always holds some bytes back, because only `end` knows which chunk is the last. */
  const drain = async (): Promise<void> => {
    if (waitingSize <= CHUNK) return;
    const plain = Buffer.concat(waiting);
    let at = 0;
    for (; plain.length - at > CHUNK; at += CHUNK) await seal(plain.subarray(at, at + CHUNK), false);
    waiting = [plain.subarray(at)];
    waitingSize = plain.length - at;
  };

  try {
    await writeAll(handle, Buffer.concat([MAGIC, salt]));
  } catch (error) {
    await handle.close();
    await rm(file, { force: true });
    throw error;
  }
  return {
    size: () => size,
    write: async (bytes) => {
      hash.update(bytes);
      size += bytes.length;
      // Copy: a stream may reuse its buffer for the next read.
      waiting.push(new Uint8Array(bytes));
      waitingSize += bytes.length;
      await drain();
    },
    finish: async () => {
      await seal(Buffer.concat(waiting), true);
      await handle.sync();
      await handle.close();
      return { size, sha256: hash.digest('hex') };
    },
    discard: async () => {
      await handle.close().catch(() => undefined);
      await rm(file, { force: true });
    },
  };
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
}

/** Bytes of content in a sealed file of the given size. */
function contentSize(stored: number): number {
  const body = stored - HEADER;
  return body - Math.ceil(body / (CHUNK + TAG)) * TAG;
}

export type SealedReader = {
  size: number;
  /** The content from `start` up to but not including `end`, in pieces. @throws ContentDamaged */
  read(start?: number, end?: number): AsyncGenerator<Buffer>;
  close(): Promise<void>;
};

/** Opens a sealed file for reading. @throws ContentDamaged, or ENOENT of the file system */
export async function openSealed(file: string, dataKey: Uint8Array): Promise<SealedReader> {
  const { size: stored } = await stat(file);
  const size = contentSize(stored);
  const handle = await open(file, 'r');
  const header = Buffer.alloc(HEADER);
  await handle.read(header, 0, HEADER, 0);
  if (stored < HEADER + TAG || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
    await handle.close();
    throw new ContentDamaged(file);
  }
  const key = fileKey(dataKey, header.subarray(MAGIC.length));
  const lastIndex = Math.ceil((stored - HEADER) / (CHUNK + TAG)) - 1;

  const openChunk = async (index: number): Promise<Buffer> => {
    const position = HEADER + index * (CHUNK + TAG);
    const sealed = Buffer.alloc(Math.min(CHUNK + TAG, stored - position));
    for (let at = 0; at < sealed.length;) {
      const { bytesRead } = await handle.read(sealed, at, sealed.length - at, position + at);
      if (bytesRead === 0) throw new ContentDamaged(file);
      at += bytesRead;
    }
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index, index === lastIndex));
      decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
      return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG)), decipher.final()]);
    } catch (error) {
      throw new ContentDamaged(file, error);
    }
  };

  return {
    size,
    read: async function* (start = 0, end = size) {
      const stop = Math.min(end, size);
      for (let at = start; at < stop;) {
        const index = Math.floor(at / CHUNK);
        const plain = await openChunk(index);
        const from = at - index * CHUNK;
        const piece = plain.subarray(from, Math.min(plain.length, stop - index * CHUNK));
        yield piece;
        at += piece.length;
      }
    },
    close: () => handle.close(),
  };
}

/** The content of a sealed file from `start` to `end`; the file is closed when reading ends, whether or not it succeeded. */
export async function* readSealed(
  file: string,
  dataKey: Uint8Array,
  start = 0,
  end = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<Buffer> {
  const reader = await openSealed(file, dataKey);
  try {
    yield* reader.read(start, end);
  } finally {
    await reader.close();
  }
}
