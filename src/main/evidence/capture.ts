import type { EvidenceAdded } from '../../domain/evidence/events.ts';
import { LARGEST_EVIDENCE, likelyKind, limitOf, type EvidenceKind } from '../../domain/evidence/media.ts';
import { RuleRefused } from '../kernel/store/index.ts';
import { asDiskError, type ContentStore } from './content-store.ts';
import { detectMediaType, HEAD_BYTES } from './detect.ts';

export type Described = { name: string; kind?: EvidenceKind | undefined; note?: string | undefined };

function refused(rule: string, name: string, limit?: number): RuleRefused {
  return new RuleRefused({
    rule,
    field: 'file',
    parameters: { name, ...(limit === undefined ? {} : { limit: Math.round(limit / 1024 / 1024) }) },
  });
}

/**
 * Takes a file in, piece by piece: its type by its first bytes, its size and hash as it goes by, sealed on the
 * disk; then `record` writes the fact about it. Content and fact are both there afterwards, or neither is.
 * @throws RuleRefused evidence-empty, evidence-type, evidence-too-large; StorageError; whatever `record` throws
 */
export async function capture<Result>(
  content: ContentStore,
  described: Described,
  body: AsyncIterator<Uint8Array>,
  record: (added: EvidenceAdded) => Promise<Result>,
): Promise<Result> {
  const { name } = described;
  const first: Uint8Array[] = [];
  let firstSize = 0;
  let ended = false;
  const next = async (): Promise<Uint8Array | null> => {
    const { done, value } = await body.next();
    ended = done === true;
    return done === true ? null : value;
  };
  while (firstSize < HEAD_BYTES && !ended) {
    const piece = await next();
    if (piece === null) break;
    first.push(piece);
    firstSize += piece.length;
  }
  if (firstSize === 0) throw refused('evidence-empty', name);
  const head = Buffer.concat(first);
  const mediaType = await detectMediaType(head);
  if (mediaType === null) throw refused('evidence-type', name);
  const limit = Math.min(limitOf(mediaType), LARGEST_EVIDENCE);

  try {
    const { file, writer } = await content.begin();
    let finished;
    try {
      for (let piece: Uint8Array | null = head; piece !== null; piece = ended ? null : await next()) {
        if (writer.size() + piece.length > limit) throw refused('evidence-too-large', name, limit);
        await writer.write(piece);
      }
      finished = await writer.finish();
    } catch (error) {
      await writer.discard();
      throw error;
    }
    const { kind = likelyKind(mediaType), note } = described;
    const added = { ...finished, mediaType, name, kind, ...(note === undefined ? {} : { note }) };
    return await content.place(file, finished.sha256, () => record(added));
  } catch (error) {
    throw asDiskError(error);
  }
}
