import type { EvidenceItem } from '../../domain/evidence/index.ts';

/** A file that was taken in, as the fact that brings it names it. */
export type KeptFile = Pick<EvidenceItem, 'sha256' | 'size' | 'mediaType'>;

/** As many bytes as one call brings along; a scan of some pages (assumption). */
export const LARGEST_KEPT = 6 * 1024 * 1024;
