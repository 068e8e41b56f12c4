import { sql } from 'kysely';
import type { LeaseClash, LeasesKept, LeasesTold } from '../../contract/centre/numbers.ts';
import { subtractRanges, type NumberLease, type NumberRange } from '../../domain/numbers/numbers.ts';
import type { WorkstationState } from '../../domain/organisation/index.ts';
import { withCentreLog } from '../organisation/index.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import { centreError } from '../kernel/errors.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { holders, overlap } from './account.ts';
import { workstationState } from './lease.ts';

/** Assumption: a unit leases less between a backup and the loss of its centre; more is not believed. */
const FURTHEST = 20_000;

type Device = { deviceId: string; unitPath: string };

async function lastOf(transaction: Transaction, unitPath: string, year: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    SELECT last FROM number_register WHERE unit_path = ${unitPath} AND year = ${year} FOR UPDATE`.execute(
    transaction,
  );
  return rows[0]?.last ?? 0;
}

const leasesOf = ({ leases = [] }: WorkstationState, year: number): NumberRange[] =>
  leases.filter((lease) => lease.year === year);

/**
 * Takes in the leases that a workstation holds and this centre, put back from a backup, has lost: each is recorded again, as
 * the same numbers of the same workstation, as far as nobody else was leased them meanwhile. What somebody was is named to whom it
 * was told by and never used again there; what of it is on paper, the account names as used twice. Telling again changes nothing.
 * @throws RULE for numbers further on than any lease can be
 */
export async function takeLeases(
  parts: IngestParts,
  device: Device,
  { leases }: LeasesTold,
  { now, epoch }: { now: Date; epoch: string | null },
): Promise<LeasesKept> {
  const tells = async (transaction: Database | Transaction): Promise<void> => {
    if (epoch === null) return;
    await sql`
      INSERT INTO number_told (device, epoch, told_at) VALUES (${device.deviceId}, ${epoch}, ${now})
      ON CONFLICT DO NOTHING`.execute(transaction);
  };
  if (leases.length === 0) {
    // Most have lost nothing, and all tell at once.
    await tells(parts.database);
    return { recorded: [], clashes: [] };
  }
  return withCentreLog(parts, now, async ({ transaction, record }) => {
    const state = await workstationState(transaction, device.deviceId);
    if (state.revoked) throw centreError('DEVICE_REVOKED');
    const all = await holders(transaction, device.unitPath);
    const recorded: NumberLease[] = [];
    const clashes: LeaseClash[] = [];
    for (const { used, ...lease } of leases.toSorted((a, b) => a.year - b.year || a.first - b.first)) {
      const { year } = lease;
      const known = await lastOf(transaction, device.unitPath, year);
      if (lease.last > known + FURTHEST)
        throw centreError('RULE', { rule: 'numbers-too-far', field: 'leases' });
      const others = all.filter((one) => one.id !== state.id);
      const own = [...leasesOf(state, year), ...recorded.filter((one) => one.year === year)];
      const wanted = subtractRanges([lease], own);
      const highest = Math.max(0, ...own.map((one) => one.last));
      const free = subtractRanges(
        wanted,
        others.flatMap((one) => leasesOf(one, year)),
      ).filter((range) => range.first > highest);
      for (const range of free) recorded.push({ ...lease, ...range });
      for (const range of subtractRanges(wanted, free)) {
        const printed = overlap([range], used > 0 ? [{ first: 1, last: used }] : []);
        const holding = others.filter((one) => overlap([range], leasesOf(one, year)).length > 0);
        clashes.push({ year, ...range, printed, holders: holding.map(({ code }) => code) });
      }
      const last = Math.max(known, ...free.map((range) => range.last));
      if (last > known)
        await sql`
          INSERT INTO number_register (unit_path, year, last) VALUES (${device.unitPath}, ${year}, ${last})
          ON CONFLICT (unit_path, year) DO UPDATE SET last = greatest(number_register.last, excluded.last)`.execute(
          transaction,
        );
    }
    const stream = { kind: 'workstation' as const, id: device.deviceId };
    await record(
      recorded.map((payload) => ({ stream, type: 'numbers-leased', payload, unitPath: device.unitPath })),
    );
    await tells(transaction);
    return { recorded, clashes };
  });
}
