import { z } from 'zod';
import { Id } from '../domain/event/event.ts';
import type { FeedItem } from './central.ts';
import type { CaseState } from '../domain/case/state.ts';

/** An item of a feed whose record is in the centre's archive: its place and hash, which the digest runs over, and whose it is. */
export type BareItem = {
  position: number;
  hash: string;
  id: string;
  stream: { kind: string; id: string };
};

export const ArchiveListQuery = z.object({
  /** How far in the centre's archive the asker has read; 0 at first. */
  after: z.coerce.number().int().min(0),
});

/** What of the unit's sight was archived, in the order in which it was, and is archived still. */
export type ArchiveListPage = {
  streams: { kind: string; id: string }[];
  /** `after` of the next page; where it equals the feed's `archive`, this was the last. */
  next: number;
  centreTime: string;
};

/** By what an archived case is looked for; each alone, and no shorter than what a desk has in hand. */
export const ArchiveSearch = z.discriminatedUnion('by', [
  z.object({ by: z.literal('number'), text: z.string().trim().min(3).max(40), staffId: Id }),
  z.object({ by: z.literal('merchant'), text: z.string().trim().min(2).max(80), staffId: Id }),
  z.object({ by: z.literal('consumer'), text: z.string().trim().min(2).max(60), staffId: Id }),
  z.object({
    by: z.literal('phone'),
    text: z
      .string()
      .trim()
      .regex(/^\d{4}$/),
    staffId: Id,
  }),
]);
export type ArchiveSearch = z.infer<typeof ArchiveSearch>;

/** Most cases that one question is answered with; who needs more has to ask more exactly. */
export const ARCHIVE_FOUND = 20;

/** What is needed to know a case again, and no more: names masked as in every list of strangers. */
export type ArchivedCase = {
  id: string;
  number: string;
  consumerName: string;
  merchantName: string;
  registeredDay: string;
  closedDay: string;
  outcome: CaseState['outcome'];
};

export type ArchiveFound = {
  /** Last closed first, at most 20. */
  cases: ArchivedCase[];
  /** More were found than are said. */
  more: boolean;
};

export const ArchiveOpen = z.object({ id: Id, staffId: Id });
export type ArchiveOpen = z.infer<typeof ArchiveOpen>;

/** An archived case to be read: nothing of it may be changed, and what is printed here is what the centre said. */
export type ArchivedFile = {
  /** The reducer's state as JSON text, numbers masked. */
  state: string;
  /** What happened, in order. */
  items: FeedItem[];
  centreTime: string;
};
