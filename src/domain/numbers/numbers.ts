import { z } from 'zod';
import { lastUnit } from '../kernel/event/unit-path.ts';

/** Numbers `first` to `last` of a unit's register of one year, both included. */
export const NumberRange = z
  .object({ first: z.int().min(1), last: z.int().min(1) })
  .refine((range) => range.first <= range.last, 'range-backwards');
export type NumberRange = z.infer<typeof NumberRange>;

/** How a unit's numbers are written: `{year}`, `{sequence:4}` (at least so many figures), `{unit}` its id. */
export const NumberPattern = z
  .string()
  .trim()
  .min(3)
  .max(60)
  .regex(/\{year\}/, 'pattern-without-year')
  .regex(/\{sequence(:\d)?\}/, 'pattern-without-sequence')
  .regex(/^([^{}]|\{year\}|\{sequence(:\d)?\}|\{unit\})*$/, 'pattern-placeholder-unknown');

export const numberSchemas = {
  'numbers-leased@1': z
    .object({ year: z.int().min(2000).max(9999), pattern: NumberPattern })
    .and(NumberRange),
  'numbers-voided@1': z.object({
    year: z.int().min(2000).max(9999),
    ranges: z.array(NumberRange).min(1).max(200),
    reason: z.enum(['year-end', 'revoked']),
  }),
};
export type NumberLease = z.infer<(typeof numberSchemas)['numbers-leased@1']>;
export type VoidedNumbers = z.infer<(typeof numberSchemas)['numbers-voided@1']>;

/** What a workstation was leased and what of it was voided. */
export type NumberHolding = {
  leases?: NumberLease[] | undefined;
  voided?: VoidedNumbers[] | undefined;
};

/** A document number as printed. */
export function formatDocumentNumber(
  pattern: string,
  number: { unitPath: string; year: number; sequence: number },
): string {
  return pattern
    .replaceAll('{year}', String(number.year))
    .replaceAll('{unit}', lastUnit(number.unitPath))
    .replaceAll(/\{sequence(?::(\d))?\}/g, (_match, width?: string) =>
      String(number.sequence).padStart(Number(width ?? 1), '0'),
    );
}

/** What is in `ranges` and in none of `without`, in order. */
export function subtractRanges(
  ranges: readonly NumberRange[],
  without: readonly NumberRange[],
): NumberRange[] {
  let left = ranges.map(({ first, last }) => ({ first, last }));
  for (const gone of without) {
    left = left.flatMap((range) => [
      ...(gone.first > range.first
        ? [{ first: range.first, last: Math.min(range.last, gone.first - 1) }]
        : []),
      ...(gone.last < range.last ? [{ first: Math.max(range.first, gone.last + 1), last: range.last }] : []),
    ]);
  }
  return left.toSorted((a, b) => a.first - b.first);
}

/** How many numbers the ranges hold. */
export function countNumbers(ranges: readonly NumberRange[]): number {
  return ranges.reduce((sum, range) => sum + range.last - range.first + 1, 0);
}

/** Sorted numbers as ranges. */
export function rangesOf(numbers: readonly number[]): NumberRange[] {
  const ranges: NumberRange[] = [];
  for (const number of [...new Set(numbers)].toSorted((a, b) => a - b)) {
    const end = ranges.at(-1);
    if (end && end.last + 1 === number) end.last = number;
    else ranges.push({ first: number, last: number });
  }
  return ranges;
}

/**
 * The numbers of a year that a workstation still has, in the order in which it uses them. `lastUsed` is the
 * greatest it ever drew: it draws upward only, so that nothing it drew can come up again.
 */
export function freeNumbers(holding: NumberHolding, year: number, lastUsed: number): NumberRange[] {
  const leases = (holding.leases ?? []).filter((lease) => lease.year === year);
  const voided = (holding.voided ?? []).filter((one) => one.year === year).flatMap((one) => one.ranges);
  return subtractRanges(leases, lastUsed > 0 ? [...voided, { first: 1, last: lastUsed }] : voided);
}

/** The next number to use, or null when the workstation has none left for that year. */
export function nextNumber(
  holding: NumberHolding,
  year: number,
  lastUsed: number,
): { sequence: number; pattern: string } | null {
  const sequence = freeNumbers(holding, year, lastUsed)[0]?.first;
  if (sequence === undefined) return null;
  const lease = (holding.leases ?? []).find(
    (one) => one.year === year && one.first <= sequence && sequence <= one.last,
  );
  return lease ? { sequence, pattern: lease.pattern } : null;
}
