import { z } from 'zod';

/** What a piece of evidence is, as the person who adds it says. */
export const EvidenceKind = z.enum(['photo', 'receipt', 'audio', 'document', 'performance', 'other']);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/** How evidence of one media type is shown and limited. */
export type EvidenceForm = 'image' | 'document' | 'audio';

/**
 * The media types we take, by what the bytes say and never by the name (assumption: what phones, scanners and
 * recorders at a service desk make). Everything else, text, web pages and archives above all, is refused.
 */
export const EVIDENCE_MEDIA_TYPES = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/webp': 'image',
  'image/heic': 'image',
  'application/pdf': 'document',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/aac': 'audio',
  'audio/amr': 'audio',
  'audio/flac': 'audio',
  'audio/ogg': 'audio',
  'audio/wav': 'audio',
} as const satisfies Record<string, EvidenceForm>;
export type EvidenceMediaType = keyof typeof EVIDENCE_MEDIA_TYPES;

export const EvidenceMediaType = z.enum(Object.keys(EVIDENCE_MEDIA_TYPES) as EvidenceMediaType[]);

const MEBIBYTE = 1024 * 1024;

/** Greatest sizes in bytes (assumption: a phone's largest photo; an afternoon's recording; a scanned folder). */
export const EVIDENCE_LIMITS: Readonly<Record<EvidenceForm, number>> = {
  image: 25 * MEBIBYTE,
  document: 300 * MEBIBYTE,
  audio: 300 * MEBIBYTE,
};

/** No evidence of any kind is larger than this. */
export const LARGEST_EVIDENCE = Math.max(...Object.values(EVIDENCE_LIMITS));

/** How evidence of this media type is shown. */
export function formOf(mediaType: EvidenceMediaType): EvidenceForm {
  return EVIDENCE_MEDIA_TYPES[mediaType];
}

/** The greatest size of this media type in bytes. */
export function limitOf(mediaType: EvidenceMediaType): number {
  return EVIDENCE_LIMITS[formOf(mediaType)];
}

/** The kind a person most likely means, before they say. */
export function likelyKind(mediaType: EvidenceMediaType): EvidenceKind {
  const form = formOf(mediaType);
  return form === 'image' ? 'photo' : form;
}
