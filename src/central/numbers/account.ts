import { sql } from 'kysely';
import type { NumberAccount } from '../../contract/centre/numbers.ts';
import { countNumbers, rangesOf, subtractRanges, type NumberRange } from '../../domain/numbers/numbers.ts';
import type { WorkstationState } from '../../domain/organisation/index.ts';
import type { Database, Transaction } from '../kernel/db/database.ts';
import { createCheck, type Invariant } from '../verify/index.ts';

type IssuedRow = { device: string; sequence: number; status: string };

async function registers(
  transaction: Database | Transaction,
): Promise<{ unitPath: string; year: number; last: number }[]> {
  const { rows } = await sql<{ unitPath: string; year: number; last: number }>`
    SELECT unit_path AS "unitPath", year, last FROM number_register ORDER BY unit_path, year`.execute(
    transaction,
  );
  return rows;
}

/** Workstations of a unit, revoked ones too, as their facts have made them. */
export async function holders(
  transaction: Database | Transaction,
  unitPath: string,
): Promise<WorkstationState[]> {
  const { rows } = await sql<{ state: string }>`
    SELECT stream.state FROM device JOIN stream ON stream.kind = 'workstation' AND stream.id = device.id
    WHERE device.unit_path = ${unitPath} AND stream.state IS NOT NULL ORDER BY device.code`.execute(
    transaction,
  );
  return rows.map((row) => JSON.parse(row.state) as WorkstationState);
}

/**
 * The account of a unit's register of one year: every number from 1 to the last leased is issued, voided or
 * held by a named workstation; `problems` names each that is not, or is twice.
 */
export async function accountOf(
  transaction: Database | Transaction,
  unitPath: string,
  year: number,
): Promise<NumberAccount> {
  const register = (await registers(transaction)).find(
    (one) => one.unitPath === unitPath && one.year === year,
  );
  const last = register?.last ?? 0;
  const { rows } = await sql<IssuedRow>`
    SELECT device, sequence, status FROM number_issued WHERE unit_path = ${unitPath} AND year = ${year}
    ORDER BY sequence`.execute(transaction);
  const all = await holders(transaction, unitPath);
  const printedBy = rows.map((row) => holderOf(row, all, year));
  const problems: NumberAccount['problems'] = [];
  let unaccounted: NumberRange[] = last === 0 ? [] : [{ first: 1, last }];
  const workstations = all.map((state) => {
    const leases = (state.leases ?? []).filter((lease) => lease.year === year);
    const voids = (state.voided ?? []).filter((one) => one.year === year).flatMap((one) => one.ranges);
    const own = rows.filter((_row, index) => printedBy[index] === state.id);
    const issued = rangesOf(own.map((row) => row.sequence));
    for (const range of subtractRanges(issued, leases))
      problems.push({ kind: 'issued-not-leased', ...range });
    for (const range of overlap(issued, voids)) problems.push({ kind: 'issued-and-voided', ...range });
    unaccounted = subtractRanges(unaccounted, leases);
    const unused = subtractRanges(leases, issued);
    return {
      deviceId: state.id,
      code: state.code,
      revoked: state.revoked,
      leased: leases.map(({ first, last: end }) => ({ first, last: end })),
      issued,
      voided: overlap(unused, voids),
      held: subtractRanges(unused, voids),
    };
  });
  for (const range of unaccounted) problems.push({ kind: 'not-leased', ...range });
  for (const [index, row] of rows.entries()) {
    if (rows[index - 1]?.sequence === row.sequence)
      problems.push({ kind: 'issued-twice', first: row.sequence, last: row.sequence });
  }
  const count = (of: (one: (typeof workstations)[number]) => NumberRange[]): number =>
    workstations.reduce((sum, one) => sum + countNumbers(of(one)), 0);
  return {
    unitPath,
    year,
    last,
    issued: count((one) => one.issued),
    /** Issued on paper, but their facts were refused. */
    refused: rows.filter((row) => row.status === 'rejected').length,
    voided: count((one) => one.voided),
    held: count((one) => one.held),
    workstations,
    problems,
  };
}

/**
 * Whose number it is: a paper printed under an identity that was given up comes in under the new one, and its
 * number was the old one's.
 */
function holderOf(row: IssuedRow, all: readonly WorkstationState[], year: number): string {
  const seen = new Set<string>();
  for (let id: string | undefined = row.device; id !== undefined && !seen.has(id);) {
    const at = all.find((one) => one.id === id);
    const holds = at?.leases?.some(
      (lease) => lease.year === year && lease.first <= row.sequence && row.sequence <= lease.last,
    );
    if (holds) return id;
    seen.add(id);
    id = at?.replaces;
  }
  return row.device;
}

/** What is in both. */
export function overlap(one: readonly NumberRange[], other: readonly NumberRange[]): NumberRange[] {
  return subtractRanges(one, subtractRanges(one, other));
}

/** Every leased number of every register is issued once, voided or held, and none is used that was not leased. */
export async function numbersAreAccounted(transaction: Transaction): Promise<Invariant> {
  const check = createCheck('document numbers are accounted for');
  const all = await registers(transaction);
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'workstation' AND state IS NOT NULL`.execute(transaction);
  for (const row of rows) {
    const { id, unitPath, leases = [] } = JSON.parse(row.state) as WorkstationState;
    const outside = leases.find(
      (lease) =>
        !all.some((one) => one.unitPath === unitPath && one.year === lease.year && lease.last <= one.last),
    );
    if (outside) check.fail(`${id} ${outside.year} ${outside.first}-${outside.last} is in no register`);
    else check.pass();
  }
  for (const { unitPath, year, last } of all) {
    const account = await accountOf(transaction, unitPath, year);
    for (const problem of account.problems)
      check.fail(`${unitPath} ${year} ${problem.first}-${problem.last} ${problem.kind}`);
    if (account.issued + account.voided + account.held === last) check.pass();
    else check.fail(`${unitPath} ${year}: ${last} leased`);
  }
  return check.result();
}
