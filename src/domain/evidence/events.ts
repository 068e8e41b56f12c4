import { z } from 'zod';
import { told } from '../kernel/text/index.ts';
import { EvidenceKind, EvidenceMediaType, LARGEST_EVIDENCE } from './media.ts';

/** SHA-256 of the plain content, hex. Within a case it names the evidence. */
export const ContentHash = z.string().regex(/^[0-9a-f]{64}$/);

export const EvidenceAdded = z.object({
  sha256: ContentHash,
  /** Bytes of the plain content. */
  size: z.int().min(1).max(LARGEST_EVIDENCE),
  mediaType: EvidenceMediaType,
  /** The file's name as it was given; nothing is derived from it. */
  name: told(z.string().trim().min(1).max(200), { keptIn: 'evidence' }),
  kind: EvidenceKind,
  note: told(z.string().trim().max(1000)).optional(),
});
export type EvidenceAdded = z.infer<typeof EvidenceAdded>;

export const EvidenceWithdrawn = z.object({
  sha256: ContentHash,
  reason: told(z.string().trim().min(2).max(1000)),
});
export type EvidenceWithdrawn = z.infer<typeof EvidenceWithdrawn>;

/** Evidence events of a case: they change no status. */
export const evidenceSchemas = {
  'evidence-added@1': EvidenceAdded,
  'evidence-withdrawn@1': EvidenceWithdrawn,
};
