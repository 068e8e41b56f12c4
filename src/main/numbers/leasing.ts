import { ORPCError } from '@orpc/client';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { countNumbers } from '../../domain/numbers/numbers.ts';
import { noteClashes, ownLostLeases, settleLostLeases } from './lost-leases.ts';
import { closeNumberYear, freeDocumentNumbers, lastDrawn } from './held.ts';
import { loadState, readMeta, writeMeta } from '../kernel/store/index.ts';
import { CentreError } from '../kernel/sync/centre-link.ts';
import { EPOCH } from '../kernel/sync/cycle.ts';
import type { CycleParts, RoundStep } from '../kernel/sync/parts.ts';

/**
 * A workstation keeps at least so many unused numbers of the year, and fills up to `FILL_TO`. Assumption: a
 * point that handles a few disputes a week is covered for a month without the centre.
 */
export const KEEP_FREE = 60;
const FILL_TO = 80;

/** The history of the centre's database in which it was told the leases that it had lost. */
const TOLD = 'leases-told';

/**
 * Tells a centre whose database has another history which leases of this workstation it has lost, none included: until all of
 * a unit have, it leases no more. Returns whether it recorded any again.
 */
async function tellLeases(parts: CycleParts, centreTime: string): Promise<boolean> {
  const { store, link, deviceId } = parts;
  await store.write((writer) => settleLostLeases(writer, deviceId, centreTime));
  const epoch = await readMeta(store.read, EPOCH);
  const lost = await ownLostLeases(store.read, deviceId);
  if (lost.length === 0 && (epoch === null || epoch === (await readMeta(store.read, TOLD)))) return false;
  const used = new Map<number, number>();
  for (const { year } of lost) used.set(year, await lastDrawn(store.read, deviceId, year));
  const leases = lost.map((lease) => ({ ...lease, used: used.get(lease.year) ?? 0 }));
  try {
    const { recorded, clashes } = await link.call((client) => client.numbers.tell({ leases }));
    await store.write(async (writer) => {
      await noteClashes(writer, deviceId, clashes);
      if (epoch !== null) await writeMeta(writer, TOLD, epoch);
    });
    return recorded.length > 0;
  } catch (error) {
    const { cause } = error instanceof CentreError ? error : {};
    // A centre of an older release does not ask, and leases all the same.
    if (cause instanceof ORPCError && cause.status === 404) return false;
    throw error;
  }
}

/**
 * Leases document numbers in advance, from December on also of the next year, and gives back those of a year
 * that is over. What year it is, the centre says: a clock that is a year ahead must not close this year.
 * Returns whether the centre recorded something, which the feed then brings. A refusal is
 * reported and tried again in the next round; it never spoils the round itself.
 */
export const keepNumbers: RoundStep = async (parts, centreTime, onProblem) => {
  const { store, link, deviceId } = parts;
  const state = await loadState(store.read, 'workstation', deviceId);
  if (!state || state.revoked) return false;
  const today = businessDay(centreTime);
  const year = Number(today.slice(0, 4));
  let changed = false;
  try {
    changed = await tellLeases(parts, centreTime);
    // Before more is leased, what comes by the feed is waited for: it counts as free again.
    if (changed) return true;
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
};
