import { z } from 'zod';
import { Month } from '../../domain/credit/index.ts';
import { Id, UnitPath } from '../../domain/kernel/event/event.ts';
import { Count } from './values.ts';

export const GradeOrder = z.object({
  /** The current one unless given, and none later. */
  month: Month.optional(),
});

export const GradeMerchantOrder = z.object({ merchantId: Id });

export const GradingAnswer = z.object({
  districts: z.array(
    z.object({
      district: z.string(),
      month: z.string(),
      policyVersion: z.int(),
      merchants: Count,
      /** How many have which grade; `not-rated` and `pending` for none. */
      distribution: z.record(z.string(), Count),
      /** Those whose grade was published, because it is not as it was published last. */
      published: Count,
    }),
  ),
});
export type GradingAnswer = z.infer<typeof GradingAnswer>;

export const CreditPolicyInput = z.object({
  /** The topmost unit of a district; the only one when it is left out. */
  unitPath: UnitPath.optional(),
  /** A file as in `src/domain/credit/haishu.json`; every fault in it is answered, not only the first. */
  policy: z.unknown(),
  /** True only says who would change. */
  dryRun: z.boolean().default(false),
});

/** The same of the district's own workstation, in the name of whoever answers for it there. */
export const DistrictPolicyInput = CreditPolicyInput.omit({ unitPath: true }).extend({ staffId: Id });

const ByGrade = z.record(z.string(), Count);
const Standing = z.object({ grade: z.string().nullable(), points: z.int() });

export const CreditPolicyAnswer = z.object({
  unitPath: z.string(),
  /** The number it has, or would have. */
  version: z.int(),
  published: z.boolean(),
  /** The policy of the current month. */
  comparedWith: z.int(),
  merchants: Count,
  distribution: z.object({ before: ByGrade, after: ByGrade }),
  /** How many go from which grade to which. */
  migration: z.record(z.string(), ByGrade),
  changes: Count,
  /** The first of them, with the lines whose points differ. */
  changed: z.array(
    z.object({
      merchantId: z.string(),
      from: Standing,
      to: Standing,
      because: z.array(z.object({ indicator: z.string(), from: z.int(), to: z.int() })),
    }),
  ),
});
export type CreditPolicyAnswer = z.infer<typeof CreditPolicyAnswer>;

/** Grades of a unit and all below it in a month. */
export const GradeFiguresQuery = z.object({ path: UnitPath, month: Month });
export type GradeFiguresQuery = z.infer<typeof GradeFiguresQuery>;

export const GradeFigures = z.object({
  month: z.string(),
  /** The month before, which the migration starts from. */
  before: z.string(),
  /** How many had which grade, `not-rated` or `pending`, month by month; months without a grading are left out. */
  byMonth: z.array(z.object({ month: z.string(), counts: ByGrade })),
  /** How many went from which to which; whoever was in only one of the two months is in none. */
  migration: z.array(z.object({ from: z.string(), to: z.string(), count: Count })),
  /** The units right below, and the unit itself where merchants are registered there. */
  units: z.array(z.object({ path: z.string(), name: z.string(), counts: ByGrade })),
});
export type GradeFigures = z.infer<typeof GradeFigures>;
