import { fileTypeFromBuffer } from 'file-type';
import { EvidenceMediaType } from '../../domain/evidence/media.ts';

/** Enough of a file to tell its type by; photos and recordings begin with it. */
export const HEAD_BYTES = 64 * 1024;

/** Other names of the types we take. */
const SAME: Readonly<Record<string, EvidenceMediaType>> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'image/apng': 'image/png',
  'image/heif': 'image/heic',
};

/** The media type that the first bytes tell, or null when it is none that we take. */
export async function detectMediaType(head: Uint8Array): Promise<EvidenceMediaType | null> {
  const mime = (await fileTypeFromBuffer(head))?.mime ?? '';
  const { success, data } = EvidenceMediaType.safeParse(SAME[mime] ?? mime);
  return success ? data : null;
}
