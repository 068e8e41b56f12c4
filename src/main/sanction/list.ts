import { sql, type Expression, type Selectable, type SqlBool } from 'kysely';
import type { SanctionDay, SanctionFilter, SanctionSummary } from '../../contract/workstation/sanction.ts';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import {
  eligibilityOf,
  type SanctionClass,
  type SanctionDate,
  type SanctionKind,
  type SanctionState,
  shippedRegimes,
} from '../../domain/sanction/index.ts';
import { readPage, type Order } from '../kernel/page.ts';
import { todayOf, type StaffContext } from '../kernel/parts.ts';
import { loadStates, type Reader } from '../kernel/store/index.ts';
import { keyOf } from '../kernel/store/streams.ts';
import { waitingOf } from '../kernel/waiting.ts';
import { othersOf } from './others.ts';
import type { SanctionRow } from './projection.ts';

type Row = Selectable<SanctionRow>;
type Condition = Expression<SqlBool>;

/** As many days of a calendar as are shown. */
const MOST_DAYS = 1000;

const blocked = sql<SqlBool>`EXISTS (
  SELECT 1 FROM sanction_row AS other
  WHERE other.merchant_id = sanction_row.merchant_id AND other.id <> sanction_row.id AND other.state <> 'ended'
    AND instr(sanction_row.blocked_by, ',' || other.kind || ',') > 0)`;

/** The verdict of a day in the terms of the rows, as `eligibilityOf` gives it. */
function verdictIs(verdict: NonNullable<SanctionFilter['verdict']>, day: string): Condition {
  const over = sql<SqlBool>`(ends_on IS NOT NULL AND ends_on < ${day})`;
  switch (verdict) {
    case 'now':
      return sql`state = 'standing' AND open_duties = 0 AND opens_on <= ${day} AND NOT ${over} AND NOT ${blocked}`;
    case 'on':
      return sql`state = 'standing' AND open_duties = 0 AND opens_on > ${day} AND NOT ${over} AND NOT ${blocked}`;
    case 'needs-duty':
      return sql`state = 'standing' AND NOT ${over} AND (open_duties > 0 OR ${blocked})`;
    case 'never':
      return sql`(state IN ('barred', 'ended') OR ${over})`;
    case 'to-be-looked-at':
      return sql`state = 'look' AND NOT ${over}`;
  }
}

function conditionsOf({ merchantId, kind, verdict, dueInDays }: SanctionFilter, day: string): Condition[] {
  const conditions: Condition[] = [];
  if (merchantId !== undefined) conditions.push(sql`merchant_id = ${merchantId}`);
  if (kind !== undefined) conditions.push(sql`kind = ${kind}`);
  if (verdict !== undefined) conditions.push(verdictIs(verdict, day));
  if (dueInDays !== undefined) {
    const until = shiftDay(day, dueInDays);
    conditions.push(
      sql`state <> 'ended' AND (opens_on BETWEEN ${day} AND ${until} OR ends_on BETWEEN ${day} AND ${until})`,
    );
  }
  return conditions;
}

/** The states of records, by their id. */
export async function recordsById(read: Reader, ids: readonly string[]): Promise<Map<string, SanctionState>> {
  const states = await loadStates(
    read,
    ids.map((id) => ({ kind: 'sanction', id })),
  );
  return new Map(
    ids.flatMap((id): [string, SanctionState][] => {
      const found = states.get(keyOf({ kind: 'sanction', id }));
      return found?.kind === 'sanction' ? [[id, found.state]] : [];
    }),
  );
}

/** One page of the records in sight, each with its verdict of today. */
export async function listSanctions(
  context: StaffContext,
  { filter, limit, cursor }: { filter: SanctionFilter; limit: number; cursor?: string | undefined },
): Promise<{ items: SanctionSummary[]; total: number; cursor: string | null }> {
  const { workstation } = context;
  const { read } = workstation.store;
  const day = todayOf(workstation);
  const order: Order<'determined_on'> = { column: 'determined_on', direction: 'descending' };
  const page = await readPage<Row>(read, {
    list: 'sanction',
    conditions: conditionsOf(filter, day),
    search: filter.search,
    order,
    limit,
    cursor,
  });
  const ids = page.rows.map(({ id }) => id);
  const [states, others, waiting] = await Promise.all([
    recordsById(read, ids),
    othersOf(
      read,
      page.rows.map((row) => row.merchant_id),
    ),
    waitingOf(read, 'sanction', ids),
  ]);
  return {
    items: page.rows.flatMap((row): SanctionSummary[] => {
      const state = states.get(row.id);
      if (state === undefined) return [];
      return [
        {
          id: row.id,
          merchantId: row.merchant_id,
          merchantName: row.merchant_name,
          unitName: workstation.directory.nameOf(row.unit_path),
          kind: row.kind as SanctionKind,
          class: row.class as SanctionClass | null,
          organ: row.organ,
          number: row.number,
          determinedOn: row.determined_on,
          eligibility: eligibilityOf(state, shippedRegimes, day, others.get(row.merchant_id) ?? []),
          endsOn: row.ends_on,
          waiting: waiting.get(row.id) ?? 0,
        },
      ];
    }),
    total: page.total,
    cursor: page.cursor,
  };
}

/** What becomes eligible and what ends by itself, from one day to another, in the order of the days. */
export async function sanctionCalendar(
  { workstation }: StaffContext,
  { from, to }: { from: string; to: string },
): Promise<SanctionDay[]> {
  const { rows } = await sql<Row & { day: string; what: SanctionDate['what']; open: number }>`
    SELECT * FROM (
      SELECT *, opens_on AS day, 'eligible' AS what, (open_duties > 0 OR ${blocked}) AS open FROM sanction_row
      WHERE opens_on BETWEEN ${from} AND ${to} AND state = 'standing'
      UNION ALL
      SELECT *, ends_on AS day, 'ends' AS what, 0 AS open FROM sanction_row
      WHERE ends_on BETWEEN ${from} AND ${to} AND state <> 'ended')
    ORDER BY day, row, what LIMIT ${MOST_DAYS}`.execute(workstation.store.read);
  return rows.map((row) => ({
    day: row.day,
    what: row.what,
    open: row.open === 1,
    sanctionId: row.id,
    merchantId: row.merchant_id,
    merchantName: row.merchant_name,
    title: `${row.organ} ${row.number}`,
    kind: row.kind as SanctionKind,
  }));
}
