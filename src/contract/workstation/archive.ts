import { type } from '@orpc/contract';
import { z } from 'zod';
import type { ArchivedCase } from '../centre/archive.ts';
import { IN_SIGHT } from '../../domain/organisation/index.ts';
import { capable } from './base.ts';
import type { CaseDetail, CaseSummary, TimelineEntry } from './case.ts';

/** By what an archived case is looked for. */
export const ARCHIVE_BY = ['number', 'merchant', 'consumer', 'phone'] as const;
export type ArchiveBy = (typeof ARCHIVE_BY)[number];

/** Why the centre was not asked: there is no line, it did not take the question, or this workstation has asked its share. */
export type NotAsked =
  | { kind: 'not-asked'; reason: 'offline' | 'refused' }
  | { kind: 'not-asked'; reason: 'too-often'; retryAfterSeconds: number };

export type ArchiveAnswer = { kind: 'found'; cases: ArchivedCase[]; more: boolean } | NotAsked;

/** What a case's file shows, without what could be done about it. */
export type CaseFacts = Pick<CaseDetail, 'state' | 'joinedNames' | 'confirmation' | 'linkedReturn'> & {
  summary: Pick<CaseSummary, 'handlingName'>;
};

export type ArchivedDetail = { kind: 'opened'; facts: CaseFacts; timeline: TimelineEntry[] } | NotAsked;

/** Cases closed long ago, which the centre alone has. */
export const archive = {
  search: capable(['case.read', 'case.handle'], IN_SIGHT)
    .input(z.object({ by: z.enum(ARCHIVE_BY), text: z.string().trim().min(2).max(80) }))
    .output(type<ArchiveAnswer>()),
  /** @throws NOT_FOUND when no such case is in the archive and in sight */
  open: capable(['case.read', 'case.handle'], IN_SIGHT)
    .input(z.object({ id: z.string().max(64) }))
    .output(type<ArchivedDetail>()),
};
