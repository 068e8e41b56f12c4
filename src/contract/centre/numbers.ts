import { z } from 'zod';
import { NumberPattern, NumberRange } from '../../domain/numbers/numbers.ts';
import { UnitPath } from '../../domain/kernel/event/event.ts';
import { Count } from './values.ts';

const Year = z.int().min(2000).max(9999);

/** The greatest block that a workstation is leased at once. */
export const LARGEST_LEASE = 200;

export const LeaseRequest = z.object({ year: Year, count: z.int().min(1).max(LARGEST_LEASE) });
/** A block of numbers that a workstation was leased. */
export const NumberLeaseAnswer = z.object({
  year: z.int(),
  pattern: NumberPattern,
  first: z.int(),
  last: z.int(),
});
export const NumberReturn = z.object({ year: Year, ranges: z.array(NumberRange).min(1).max(200) });
/**
 * Leases that a workstation had and the centre, put back from a backup, has no more; with none, that there are none. `used` is the
 * last number of the year that was printed here, 0 for none.
 */
export const LeasesTold = z.object({
  leases: z
    .array(
      z
        .object({ year: Year, pattern: NumberPattern, used: z.int().min(0) })
        .and(NumberRange)
        .refine(({ first, last }) => last - first < LARGEST_LEASE, 'lease-too-large'),
    )
    .max(200),
});
export type LeasesTold = z.infer<typeof LeasesTold>;

/** What of the told leases is not this workstation's any more, and who was leased it meanwhile. */
export const LeaseClash = z.object({
  year: z.int(),
  first: z.int(),
  last: z.int(),
  /** Codes of the workstations that hold it; none where it cannot be recorded for another reason. */
  holders: z.array(z.string()),
  /** Of these numbers, those printed here: they may stand on two papers. */
  printed: z.array(NumberRange),
});
export type LeaseClash = z.infer<typeof LeaseClash>;

/** Leases recorded again come by the feed. */
export const LeasesKept = z.object({ recorded: z.array(NumberLeaseAnswer), clashes: z.array(LeaseClash) });
export type LeasesKept = z.infer<typeof LeasesKept>;

export const NumberPatternInput = z.object({ unitPath: UnitPath, pattern: NumberPattern });
export const NumberAccountQuery = z.object({
  unitPath: UnitPath,
  year: z.coerce.number().int().min(2000).max(9999),
});

/** A unit's register of one year: every number up to `last` is issued, voided or held; else it is a problem. */
export const NumberAccount = z.object({
  unitPath: z.string(),
  year: z.int(),
  /** The last number leased; the register holds 1 to this. */
  last: Count,
  issued: Count,
  /** Of the issued: printed, but the fact was refused by a rule. */
  refused: Count,
  voided: Count,
  held: Count,
  workstations: z.array(
    z.object({
      deviceId: z.string(),
      code: z.string(),
      revoked: z.boolean(),
      leased: z.array(NumberRange),
      issued: z.array(NumberRange),
      voided: z.array(NumberRange),
      held: z.array(NumberRange),
    }),
  ),
  problems: z.array(
    z.object({
      kind: z.enum(['not-leased', 'issued-not-leased', 'issued-twice', 'issued-and-voided']),
      first: z.int(),
      last: z.int(),
    }),
  ),
});
export type NumberAccount = z.infer<typeof NumberAccount>;
