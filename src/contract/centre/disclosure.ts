import { z } from 'zod';
import { TokenScope, Reference } from '../../domain/disclosure/index.ts';
import { CONSENT_ITEMS, ConsentItem } from '../../domain/finance/index.ts';
import { DayText, Id, UnitPath } from '../../domain/kernel/event/event.ts';
import { Count, Time } from './values.ts';

export const TokenInput = z.object({
  /** Merchants of this unit and below it may be asked about. */
  unitPath: UnitPath,
  scopes: z.array(TokenScope).min(1).max(TokenScope.options.length),
  /** The last day on which it is good. */
  until: DayText,
  /** Who holds it, and what for: both stand in every disclosure. */
  heldBy: z.string().trim().min(1).max(120),
  purpose: z.string().trim().min(1).max(200),
  /** The holder's own unit, by which consents name it: needed where a scope rests on them, and nowhere else. */
  recipientPath: UnitPath.optional(),
});
export type TokenInput = z.infer<typeof TokenInput>;

/** The token is told this once; the centre keeps its hash. */
export const TokenIssued = z.object({ tokenId: z.string(), token: z.string(), until: z.string() });

export const TokenListed = z.object({
  tokenId: z.string(),
  unitPath: z.string(),
  scopes: z.array(TokenScope),
  heldBy: z.string(),
  purpose: z.string(),
  recipientPath: z.string().nullable(),
  until: z.string(),
  issuedAt: Time,
  revokedAt: Time.nullable(),
  /** Answers given so far. */
  answered: Count,
});
export type TokenListed = z.infer<typeof TokenListed>;

export const TokenReference = z.object({ tokenId: Id });

/** A merchant by its unified social credit code, in whatever writing; `reference` is a number of the asker's own file. */
export const DisclosureQuery = z.object({
  code: z.string().trim().min(1).max(60),
  reference: Reference.optional(),
});

export const DisclosedGrade = z.object({
  /** Under which it stands in the log that merchant and regulator read. */
  disclosureId: z.string(),
  code: z.string(),
  state: z.enum(['graded', 'not-rated', 'pending']),
  grade: z.string().nullable(),
  month: z.string().nullable(),
  policyVersion: z.int().nullable(),
});
export type DisclosedGrade = z.infer<typeof DisclosedGrade>;

export const DisclosedPoints = DisclosedGrade.extend({
  points: z.int().nullable(),
  /** What lost points, the most first. */
  reasons: z.array(z.object({ code: z.string(), lost: z.int() })),
});
export type DisclosedPoints = z.infer<typeof DisclosedPoints>;

/** A question for data that the merchant has consented to: which kinds. */
export const DataQuery = DisclosureQuery.extend({
  items: z.array(ConsentItem).min(1).max(CONSENT_ITEMS.length),
});

const PerMille = z.int().min(0).max(1000);

/** What each kind of data comes to; a member for each that was told, and no other. */
export const DisclosedItems = z.object({
  identity: z
    .object({ name: z.string(), creditCode: z.string().nullable(), category: z.string() })
    .optional(),
  grade: DisclosedGrade.pick({ state: true, grade: true, month: true, policyVersion: true }).optional(),
  points: DisclosedPoints.pick({ state: true, points: true, reasons: true }).optional(),
  promise: z.object({ inForce: z.boolean(), windowDays: z.int().nullable() }).optional(),
  'source-resolution': z.object({ good: Count, bad: Count, perMille: PerMille.nullable() }).optional(),
  'standing-records': z
    .object({
      listings: z.array(z.string()),
      penalties: z.array(
        z.object({ class: z.string(), on: z.string(), organ: z.string(), number: z.string() }),
      ),
    })
    .optional(),
  'months-in-business': z
    .object({ establishedOn: z.string().nullable(), months: Count.nullable() })
    .optional(),
  qualification: z
    .object({ version: z.int(), products: z.array(z.object({ code: z.string(), qualifies: z.boolean() })) })
    .optional(),
  whitelist: z.object({ listed: z.boolean(), since: z.string().nullable() }).optional(),
});
export type DisclosedItems = z.infer<typeof DisclosedItems>;

export const DisclosedData = z.object({
  disclosureId: z.string(),
  code: z.string(),
  items: DisclosedItems,
  /** Kinds that were asked for and are under no consent in force; that they were asked for is on record too. */
  refused: z.array(ConsentItem),
});
export type DisclosedData = z.infer<typeof DisclosedData>;

/** A question of a bank's own officer for what one consent lets the bank be told, all of it. */
export const ConsentedQuery = z.object({ consentId: Id, staffId: Id });

export const ConsentedData = DisclosedData.omit({ code: true, refused: true }).extend({ at: Time });
export type ConsentedData = z.infer<typeof ConsentedData>;

const Fen = z.int().min(1).max(100_000_000_00);
const LineId = z.object({ lineId: Id });

/** What a bank records of its lines of credit; each is told apart by an id of the bank's making, so that it can be sent again. */
export const LineInput = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('granted'),
    id: z.uuid(),
    code: z.string().trim().min(1).max(60),
    product: z.string().max(40),
    fen: Fen,
    on: DayText,
    until: DayText,
    reference: Reference,
  }),
  LineId.extend({ type: z.literal('drawn'), entryId: Id, fen: Fen, on: DayText }),
  LineId.extend({ type: z.literal('repaid'), entryId: Id, fen: Fen, on: DayText }),
  LineId.extend({ type: z.literal('closed'), on: DayText }),
]);
export type LineInput = z.infer<typeof LineInput>;

export const LineAnswer = z.object({
  lineId: z.string(),
  fen: Count,
  drawnFen: Count,
  repaidFen: Count,
  closedOn: z.string().nullable(),
});
export type LineAnswer = z.infer<typeof LineAnswer>;
