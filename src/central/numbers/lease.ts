import { sql } from 'kysely';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import {
  countNumbers,
  rangesOf,
  subtractRanges,
  type NumberLease,
  type NumberRange,
} from '../../domain/numbers/numbers.ts';
import { ancestorsAndSelf, type WorkstationState } from '../../domain/organisation/index.ts';
import { numberPatternOf, procedureInForce } from '../../domain/procedure/index.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import { centreError } from '../kernel/errors.ts';
import { withCentreLog, type AdminFact } from '../organisation/index.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import type { UnitCache } from '../kernel/units.ts';
import { awaitedAt } from './history.ts';

/** A workstation that holds so many unused numbers of a year gets no more: it is not using them. */
const MOST_HELD = 400;

type Device = { deviceId: string; unitPath: string };

export async function workstationState(
  transaction: Transaction,
  deviceId: string,
): Promise<WorkstationState> {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'workstation' AND id = ${deviceId} AND state IS NOT NULL`.execute(
    transaction,
  );
  const text = rows[0]?.state;
  if (text === undefined) throw centreError('DEVICE_UNKNOWN');
  return JSON.parse(text) as WorkstationState;
}

/** The pattern of the unit or of the nearest unit above with one that names the unit; else the procedure's. */
async function patternOf(
  transaction: Transaction,
  units: UnitCache,
  unitPath: string,
  today: string,
): Promise<string> {
  const { rows } = await sql<{ path: string; pattern: string }>`
    SELECT unit_path AS path, pattern FROM number_pattern
    WHERE unit_path = ANY(${ancestorsAndSelf(unitPath)}::text[])
    ORDER BY length(unit_path) DESC`.execute(transaction);
  const found = rows.find((row) => row.path === unitPath || row.pattern.includes('{unit}'));
  if (found) return found.pattern;
  return numberPatternOf(procedureInForce(units.rules(), unitPath, today).procedure, unitPath);
}

/** What of a device's leases of a year was neither printed, as far as the centre knows, nor voided. */
async function unusedOf(
  transaction: Transaction,
  device: Device,
  state: WorkstationState,
  year: number,
): Promise<NumberRange[]> {
  const { rows } = await sql<{ sequence: number }>`
    SELECT sequence FROM number_issued
    WHERE unit_path = ${device.unitPath} AND year = ${year} AND device = ${device.deviceId}`.execute(
    transaction,
  );
  return subtractRanges(
    (state.leases ?? []).filter((lease) => lease.year === year),
    [
      ...(state.voided ?? []).filter((one) => one.year === year).flatMap((one) => one.ranges),
      ...rangesOf(rows.map((row) => row.sequence)),
    ],
  );
}

/**
 * Leases the next `count` numbers of the unit's register to a workstation. The lease is a fact of the centre's
 * log and reaches the workstation by its feed, so a lost answer costs nothing.
 * @param epoch the history the database is in; null where it does not tell
 * @throws RULE for a year that is neither this one nor, in December, the next; and while workstations of the unit have
 * not told the leases they hold to a centre that was put back from a backup
 */
export async function leaseNumbers(
  parts: IngestParts,
  device: Device,
  input: { year: number; count: number },
  { now, epoch }: { now: Date; epoch: string | null },
): Promise<NumberLease | null> {
  const today = businessDay(now.toISOString());
  const year = Number(today.slice(0, 4));
  const december = today.slice(5, 7) === '12';
  if (input.year !== year && !(december && input.year === year + 1)) {
    throw centreError('RULE', { rule: 'number-year-not-open', field: 'year' });
  }
  return withCentreLog(parts, now, async ({ transaction, record }) => {
    const state = await workstationState(transaction, device.deviceId);
    if (state.revoked) throw centreError('DEVICE_REVOKED');
    const awaited = await awaitedAt(transaction, device.unitPath, epoch);
    if (awaited.length > 0)
      throw centreError('RULE', { rule: 'numbers-awaited', parameters: { codes: awaited.join(', ') } });
    const held = countNumbers(await unusedOf(transaction, device, state, input.year));
    const count = Math.min(input.count, MOST_HELD - held);
    if (count <= 0) return null;
    const { rows } = await sql<{ last: number }>`
      INSERT INTO number_register (unit_path, year, last) VALUES (${device.unitPath}, ${input.year}, ${count})
      ON CONFLICT (unit_path, year) DO UPDATE SET last = number_register.last + ${count}
      RETURNING last`.execute(transaction);
    const last = rows[0]?.last ?? count;
    const lease: NumberLease = {
      year: input.year,
      first: last - count + 1,
      last,
      pattern: await patternOf(transaction, parts.units, device.unitPath, today),
    };
    const stream = { kind: 'workstation' as const, id: device.deviceId };
    await record([{ stream, type: 'numbers-leased', payload: lease, unitPath: device.unitPath }]);
    return lease;
  });
}

/**
 * Takes back numbers of a year that is over, which the workstation has closed and says it never used. They are
 * voided, not leased again: that year's register is written. Saying it twice changes nothing.
 * @throws RULE for numbers that are not the device's, or that the centre knows to be printed
 */
export async function returnNumbers(
  parts: IngestParts,
  device: Device,
  input: { year: number; ranges: readonly NumberRange[] },
  now: Date,
): Promise<void> {
  const year = Number(businessDay(now.toISOString()).slice(0, 4));
  if (input.year >= year) throw centreError('RULE', { rule: 'number-year-not-over', field: 'year' });
  await withCentreLog(parts, now, async ({ transaction, record }) => {
    const state = await workstationState(transaction, device.deviceId);
    const gone = (state.voided ?? []).filter((one) => one.year === input.year).flatMap((one) => one.ranges);
    const ranges = subtractRanges(input.ranges, gone);
    if (ranges.length === 0) return;
    const unused = await unusedOf(transaction, device, state, input.year);
    if (subtractRanges(ranges, unused).length > 0) {
      throw centreError('RULE', { rule: 'numbers-not-held', field: 'ranges' });
    }
    await record([voided(device, input.year, ranges, 'year-end')]);
  });
}

function voided(
  device: Device,
  year: number,
  ranges: NumberRange[],
  reason: 'year-end' | 'revoked',
): AdminFact {
  return {
    stream: { kind: 'workstation', id: device.deviceId },
    type: 'numbers-voided',
    payload: { year, ranges, reason },
    unitPath: device.unitPath,
  };
}

/**
 * The facts that void all a revoked workstation still holds. What it may have printed and never sent stands
 * among them: such a paper is shown as voided when it is checked, which is the truth as far as anyone knows.
 */
export async function voidedByRevocation(transaction: Transaction, device: Device): Promise<AdminFact[]> {
  const state = await workstationState(transaction, device.deviceId);
  const facts: AdminFact[] = [];
  for (const year of new Set((state.leases ?? []).map((lease) => lease.year))) {
    const ranges = await unusedOf(transaction, device, state, year);
    if (ranges.length > 0) facts.push(voided(device, year, ranges, 'revoked'));
  }
  return facts;
}

/** Sets how a unit's numbers are written from its next lease on; what is leased keeps its form. */
export async function setNumberPattern(
  database: Database,
  input: { unitPath: string; pattern: string },
): Promise<void> {
  await sql`
    INSERT INTO number_pattern (unit_path, pattern) VALUES (${input.unitPath}, ${input.pattern})
    ON CONFLICT (unit_path) DO UPDATE SET pattern = excluded.pattern`.execute(database);
}
