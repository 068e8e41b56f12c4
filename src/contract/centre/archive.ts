import { z } from 'zod';
import { HistoricalOutcome } from '../../domain/case/index.ts';
import { Id, OpenName } from '../../domain/kernel/event/event.ts';
import { FeedItem } from './exchange.ts';
import { Count, Day, Time } from './values.ts';

export const ArchiveListQuery = z.object({
  /** How far in the centre's archive the asker has read; 0 at first. */
  after: z.coerce.number().int().min(0),
});

/** What of the unit's sight was archived, in the order in which it was, and is archived still. */
export const ArchiveListPage = z.object({
  streams: z.array(z.object({ kind: OpenName, id: z.string() })),
  /** `after` of the next page; where it equals the feed's `archive`, this was the last. */
  next: Count,
  centreTime: Time,
});
export type ArchiveListPage = z.infer<typeof ArchiveListPage>;

/** By what an archived case is looked for; each alone, and no shorter than what a workstation has in hand. */
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
export const ArchivedCase = z.object({
  id: z.string(),
  number: z.string(),
  consumerName: z.string(),
  merchantName: z.string(),
  registeredDay: Day,
  closedDay: Day,
  outcome: HistoricalOutcome.nullable(),
});
export type ArchivedCase = z.infer<typeof ArchivedCase>;

export const ArchiveFound = z.object({
  /** Last closed first, at most 20. */
  cases: z.array(ArchivedCase),
  /** More were found than are said. */
  more: z.boolean(),
});
export type ArchiveFound = z.infer<typeof ArchiveFound>;

export const ArchiveOpen = z.object({ id: Id, staffId: Id });
export type ArchiveOpen = z.infer<typeof ArchiveOpen>;

/** An archived case to be read: nothing of it may be changed, and what is printed here is what the centre said. */
export const ArchivedFile = z.object({
  /** The reducer's state as JSON text, numbers masked. */
  state: z.string(),
  /** What happened, in order. */
  items: z.array(FeedItem),
  centreTime: Time,
});
export type ArchivedFile = z.infer<typeof ArchivedFile>;
