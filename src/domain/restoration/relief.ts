import { addMonths, businessDay } from '../kernel/calendar/index.ts';
import type { SanctionState } from '../sanction/index.ts';
import { type RestorationSettings, settingsOn } from './settings.ts';

/** That a merchant is inspected less after a repair. */
export type InspectionRelief = {
  sanctionId: string;
  /** The first and the last day of it. */
  from: string;
  until: string;
  /** By how many classes; a visit is preceded by guidance by appointment. */
  classes: number;
  limit: RestorationSettings['limits']['relief'];
};

const REPAIRED: ReadonlySet<string> = new Set(['repaired', 'removed']);

/**
 * What a merchant's repaired records come to on a day: a lower class and guidance first, from the day on which a repair takes effect, for
 * the configured months; of several the one that lasts longest. Null where none holds. An annulled record is no repair.
 */
export function inspectionRelief(
  sanctions: readonly Pick<SanctionState, 'id' | 'ended'>[],
  day: string,
): InspectionRelief | null {
  const held = sanctions.flatMap(({ id, ended }): InspectionRelief[] => {
    if (ended === null || !REPAIRED.has(ended.cause)) return [];
    const from = ended.effectiveAt === null ? ended.on : businessDay(ended.effectiveAt);
    const limit = settingsOn(from).limits.relief;
    const until = addMonths(from, limit.months);
    return from <= day && day <= until
      ? [{ sanctionId: id, from, until, classes: limit.classes, limit }]
      : [];
  });
  return held.toSorted((a, b) => (a.until < b.until ? 1 : a.until > b.until ? -1 : 0))[0] ?? null;
}

/**
 * The class in which a merchant is drawn while it is inspected less: so many grades better, as far as there are any. `grades` stand from
 * best to worst; a class that is no grade stays.
 */
export function relievedClass(
  name: string,
  grades: readonly string[],
  relief: InspectionRelief | null,
): string {
  const place = grades.indexOf(name);
  return relief === null || place < 0 ? name : (grades[Math.max(0, place - relief.classes)] ?? name);
}
