import { z } from 'zod';
import { DisclosureScope, Reference } from '../../domain/disclosure/index.ts';
import { DayText, Id, UnitPath } from '../../domain/kernel/event/event.ts';
import { Count, Time } from './values.ts';

export const TokenInput = z.object({
  /** Merchants of this unit and below it may be asked about. */
  unitPath: UnitPath,
  scopes: z.array(DisclosureScope).min(1).max(DisclosureScope.options.length),
  /** The last day on which it is good. */
  until: DayText,
  /** Who holds it, and what for: both stand in every disclosure. */
  heldBy: z.string().trim().min(1).max(120),
  purpose: z.string().trim().min(1).max(200),
});
export type TokenInput = z.infer<typeof TokenInput>;

/** The token is told this once; the centre keeps its hash. */
export const TokenIssued = z.object({ tokenId: z.string(), token: z.string(), until: z.string() });

export const TokenListed = z.object({
  tokenId: z.string(),
  unitPath: z.string(),
  scopes: z.array(DisclosureScope),
  heldBy: z.string(),
  purpose: z.string(),
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
