import type { CaseState } from '../case/index.ts';
import { erasableEvidence } from '../evidence/index.ts';
import type { Attachment } from './events.ts';
import type { RestorationState } from './state.ts';

/** The files of an application that may be read: none once what is personal in it was erased. */
export function standingFiles({
  erased,
  attachments,
}: Pick<RestorationState, 'erased' | 'attachments'>): Attachment[] {
  return erased === undefined ? attachments : [];
}

/**
 * Hashes of the files that a record, by its state's text, holds no more: of a case by its own rule, of an application once it is erased; a
 * decision keeps its documents as long as its record stands.
 */
export function erasableFiles(kind: string, state: string, now: Date): string[] {
  if (kind === 'sanction') return [];
  // Written from values of exactly these types.
  if (kind !== 'restoration') return erasableEvidence(JSON.parse(state) as CaseState, now);
  const { erased, attachments } = JSON.parse(state) as RestorationState;
  return erased === undefined ? [] : attachments.map(({ sha256 }) => sha256);
}
