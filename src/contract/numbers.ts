import { z } from 'zod';
import { NumberPattern, NumberRange, type NumberLease } from '../domain/document/numbers.ts';
import { UnitPath } from '../domain/event/event.ts';

const Year = z.int().min(2000).max(9999);

/** The greatest block that a workstation is leased at once. */
export const LARGEST_LEASE = 200;

export const LeaseRequest = z.object({ year: Year, count: z.int().min(1).max(LARGEST_LEASE) });
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
export type LeaseClash = {
  year: number;
  first: number;
  last: number;
  /** Codes of the workstations that hold it; none where it cannot be recorded for another reason. */
  holders: string[];
  /** Of these numbers, those printed here: they may stand on two papers. */
  printed: NumberRange[];
};

/** Leases recorded again come by the feed. */
export type LeasesKept = { recorded: NumberLease[]; clashes: LeaseClash[] };

export const NumberPatternInput = z.object({ unitPath: UnitPath, pattern: NumberPattern });
export const NumberAccountQuery = z.object({ unitPath: UnitPath, year: z.coerce.number().pipe(Year) });

/** A unit's register of one year: every number up to `last` is issued, voided or held; else it is a problem. */
export type NumberAccount = {
  unitPath: string;
  year: number;
  /** The last number leased; the register holds 1 to this. */
  last: number;
  issued: number;
  /** Of the issued: printed, but the fact was refused by a rule. */
  refused: number;
  voided: number;
  held: number;
  workstations: {
    deviceId: string;
    code: string;
    revoked: boolean;
    leased: NumberRange[];
    issued: NumberRange[];
    voided: NumberRange[];
    held: NumberRange[];
  }[];
  problems: {
    kind: 'not-leased' | 'issued-not-leased' | 'issued-twice' | 'issued-and-voided';
    first: number;
    last: number;
  }[];
};
