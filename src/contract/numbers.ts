import { z } from 'zod';
import { NumberPattern, NumberRange } from '../domain/document/numbers.ts';
import { UnitPath } from '../domain/event/event.ts';

const Year = z.int().min(2000).max(9999);

export const LeaseRequest = z.object({ year: Year, count: z.int().min(1).max(200) });
export const NumberReturn = z.object({ year: Year, ranges: z.array(NumberRange).min(1).max(200) });
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
