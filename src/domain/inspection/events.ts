import { z } from 'zod';
import { DayText, Id, Instant, UnitPath } from '../kernel/event/event.ts';
import { told } from '../kernel/text/index.ts';
import { DrawClassName, Manner, PerMille } from './plan.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);

/** More merchants are drawn from circle by circle: a fact holds all that it was drawn from. */
export const MOST_CANDIDATES = 5000;

/** What somebody typed or threw; it travels in the open. */
export const SeedHalf = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._-]{4,40}$/, 'seed-form');

/** A candidate that is guided by appointment before it is visited: which repaired record says so, and the first and last day of it. */
export const GuidanceFirst = z.object({ merchantId: Id, sanctionId: Id, from: DayText, until: DayText });
export type GuidanceFirst = z.infer<typeof GuidanceFirst>;

/** Facts of one draw of merchants to be inspected, from the list to the last result. */
export const inspectionSchemas = {
  /** Who draws fixes the day, the candidates with their classes, the shares, and the first half of the seed. */
  'draw-prepared@1': z.object({
    /** Whose merchants are drawn from: this unit's and of all below it. */
    unitPath: UnitPath,
    day: DayText,
    planVersion: z.int().min(1),
    classes: z
      .array(
        z.object({
          class: DrawClassName,
          perMille: PerMille,
          manner: Manner,
          candidates: z.array(Id).max(MOST_CANDIDATES),
        }),
      )
      .min(1)
      .max(14),
    /** Candidates that are guided first; absent in draws of before there were any. */
    guidanceFirst: z.array(GuidanceFirst).max(MOST_CANDIDATES).optional(),
    /** SHA-256 over the sorted list, hexadecimal: what is printed, and compared by anybody. */
    candidatesHash: z.string().regex(/^[0-9a-f]{64}$/),
    drawerSeed: SeedHalf,
  }),
  /** A second person adds the other half; with it the list is what it is. */
  'draw-made@1': z.object({
    witnessSeed: SeedHalf,
    drawn: z.array(z.object({ class: DrawClassName, merchantIds: z.array(Id).max(MOST_CANDIDATES) })).max(14),
  }),
  /** Nothing is drawn of it; it stays on the list with its reason, so that nobody draws until the lot pleases. */
  'draw-abandoned@1': z.object({ reason: Line(300) }),
  /** Guidance was offered to a drawn merchant that is to be guided first. */
  'guidance-arranged@1': z.object({ merchantId: Id, guidanceId: Id }),
  'result-recorded@1': z
    .object({
      resultId: Id,
      merchantId: Id,
      on: DayText,
      /** `credit-fact`: an award, a penalty, a listing or a patrol of the merchant's credit, or a record of a decision, by its id. */
      outcome: z.enum(['nothing-found', 'finding', 'not-reached', 'credit-fact']),
      text: z.string().trim().max(1000),
      creditFactId: Id.nullable(),
      /** The guidance that came before it, where the merchant is to be guided first. */
      guidanceId: Id.nullable().optional(),
      /** Why it came without: a kind of reason that the settings allow, and the reason itself. */
      exception: z
        .object({ kind: z.string().max(40), reason: told(Line(300)) })
        .nullable()
        .optional(),
    })
    .refine(({ outcome, creditFactId }) => (outcome === 'credit-fact') === (creditFactId !== null), {
      path: ['creditFactId'],
      message: 'inspection-fact-needed',
    })
    .refine(({ outcome, text }) => outcome !== 'finding' || text !== '', {
      path: ['text'],
      message: 'inspection-finding-needed',
    }),
};
export type InspectionPayload<Key extends keyof typeof inspectionSchemas> = z.infer<
  (typeof inspectionSchemas)[Key]
>;

/** Facts of advice by appointment: not an inspection, and no penalty comes of it. */
export const guidanceSchemas = {
  'guidance-offered@1': z.object({
    merchantId: Id,
    merchantName: Line(160),
    merchantPath: UnitPath,
    subject: Line(300),
    /** When somebody could come. */
    slots: z.array(Instant).min(1).max(6),
    /** The draw that it precedes; null for one by itself. */
    drawId: Id.nullable(),
  }),
  'guidance-slot-chosen@1': z.object({ slot: Instant, contact: Line(60) }),
  'guidance-held@1': z.object({
    on: DayText,
    officer: Line(60),
    findings: Line(1000),
    /** What the merchant undertakes to do. */
    promises: z.array(Line(300)).max(20),
    /** When it is looked at again; null where nothing is left to look at. */
    recheckOn: DayText.nullable(),
  }),
  'guidance-rechecked@1': z.object({ on: DayText, kept: z.boolean(), text: z.string().trim().max(500) }),
  'guidance-cancelled@1': z.object({ reason: Line(300) }),
};
export type GuidancePayload<Key extends keyof typeof guidanceSchemas> = z.infer<
  (typeof guidanceSchemas)[Key]
>;
