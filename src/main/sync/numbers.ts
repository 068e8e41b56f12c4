import { businessDay } from '../../domain/calendar/index.ts';
import { countNumbers } from '../../domain/document/numbers.ts';
import { closeNumberYear, freeDocumentNumbers } from '../store/numbers.ts';
import { loadState } from '../store/index.ts';
import type { CycleParts } from './cycle.ts';

/**
 * A workstation keeps at least so many unused numbers of the year, and fills up to `FILL_TO`. Assumption: a
 * point that handles a few disputes a week is covered for a month without the centre.
 */
export const KEEP_FREE = 60;
const FILL_TO = 80;

/**
 * Leases document numbers in advance, from December on also of the next year, and gives back those of a year
 * that is over. What year it is, the centre says: a clock that is a year ahead must not close this year.
 * Returns whether the centre recorded something, which the feed then brings. A refusal is
 * reported and tried again in the next round; it never spoils the round itself.
 */
export async function keepNumbers(
  parts: CycleParts,
  centreTime: string,
  onProblem: (code: string, text: string) => void,
): Promise<boolean> {
  const { store, link, deviceId } = parts;
  const state = await loadState(store.read, 'workstation', deviceId);
  if (!state || state.revoked) return false;
  const today = businessDay(centreTime);
  const year = Number(today.slice(0, 4));
  let changed = false;
  try {
    for (const wanted of today.slice(5, 7) === '12' ? [year, year + 1] : [year]) {
      const free = countNumbers(await freeDocumentNumbers(store.read, deviceId, wanted));
      if (free >= KEEP_FREE) continue;
      const { lease } = await link.call((client) =>
        client.numbers.lease({ year: wanted, count: FILL_TO - free }),
      );
      changed ||= lease !== null;
    }
    const over = new Set((state.leases ?? []).map((lease) => lease.year).filter((one) => one < year));
    for (const past of over) {
      const ranges = await store.write((writer) => closeNumberYear(writer, deviceId, past));
      if (ranges.length === 0) continue;
      await link.call((client) => client.numbers.return({ year: past, ranges }));
      changed = true;
    }
  } catch (error) {
    onProblem('numbers-not-leased', error instanceof Error ? error.message : String(error));
  }
  return changed;
}
