import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import type { Reason } from './result.ts';

export type ArchiveRule = 'damaged-xlsx' | 'too-large' | 'unpacks-too-far';

/** What a packed file holds cannot be read, or would unfold to more than is sound. */
export class ArchiveRefused extends Error {
  readonly reason: Reason<ArchiveRule>;
  constructor(rule: ArchiveRule, parameters: Record<string, string | number>) {
    super(rule);
    this.reason = { rule, parameters };
  }
}

/** All parts of one file together may unfold to this much; a register of 200,000 rows takes less than half. */
const MAXIMUM_UNPACKED_BYTES = 500 * 1024 * 1024;
/** Text packs to a tenth, rows of one and the same text to a fiftieth: what goes beyond this was made to fill a memory. */
const MAXIMUM_RATIO = 80;
/** Below this nothing is harmed, whatever the ratio. */
const HARMLESS_BYTES = 8 * 1024 * 1024;

/** A packed file whose parts are found by name, whatever case, slashes or leading slash its writer chose. */
export type Archive = {
  /** Names as `partName` has them. */
  names: ReadonlySet<string>;
  /**
   * The bytes of a part as they are unpacked; nothing when there is no such part. What is counted is what comes out, not what the
   * file claims. @throws ArchiveRefused
   */
  unpack(name: string): AsyncGenerator<Uint8Array>;
};

/** One spelling for the name of a part. */
export function partName(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

/** Reads the directory of a packed file. @throws ArchiveRefused when it has none that can be read */
export async function openArchive(bytes: Uint8Array): Promise<Archive> {
  const entries = new Map<string, Entry>();
  let file: ZipFile;
  try {
    // Names are decoded here: the library refuses those with a leading slash, which some writers put.
    file = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      decodeStrings: false,
      validateEntrySizes: true,
    });
    for await (const entry of file.eachEntry()) {
      const name = partName(Buffer.from(entry.fileName).toString('utf8'));
      if (!entries.has(name)) entries.set(name, entry);
    }
  } catch (error) {
    throw damaged(error);
  }
  let unpacked = 0;
  return {
    names: new Set(entries.keys()),
    unpack: async function* unpack(name) {
      const entry = entries.get(partName(name));
      if (entry === undefined) return;
      const packed = Math.max(1, Math.min(entry.compressedSize, bytes.byteLength));
      let out = 0;
      try {
        for await (const chunk of await file.openReadStreamPromise(entry)) {
          const piece: Uint8Array = chunk;
          out += piece.byteLength;
          unpacked += piece.byteLength;
          if (out > HARMLESS_BYTES && out > packed * MAXIMUM_RATIO) {
            throw new ArchiveRefused('unpacks-too-far', { ratio: MAXIMUM_RATIO });
          }
          if (unpacked > MAXIMUM_UNPACKED_BYTES) {
            throw new ArchiveRefused('too-large', {
              megabytes: Math.ceil(unpacked / 1048576),
              limit: MAXIMUM_UNPACKED_BYTES / 1048576,
            });
          }
          yield piece;
        }
      } catch (error) {
        throw error instanceof ArchiveRefused ? error : damaged(error);
      }
    },
  };
}

function damaged(error: unknown): ArchiveRefused {
  const text = error instanceof Error ? error.message : String(error);
  return new ArchiveRefused('damaged-xlsx', { detail: text.slice(0, 200) });
}
