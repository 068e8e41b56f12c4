import { sql, type Expression, type Selectable, type SqlBool } from 'kysely';
import type {
  PrivacyDetail,
  PrivacyDue,
  PrivacyFilter,
  PrivacySummary,
} from '../../contract/workstation/privacy.ts';
import { businessDay, shiftDay } from '../../domain/kernel/calendar/index.ts';
import { may, parentPath } from '../../domain/organisation/index.ts';
import {
  answerDue,
  type PrivacyState,
  privacySight,
  type PrivacyStatus,
  type PrivacyWhat,
} from '../../domain/privacy/index.ts';
import { dueDates } from '../kernel/due-dates.ts';
import { serviceError } from '../kernel/errors.ts';
import { readPage } from '../kernel/page.ts';
import { requireIdentity, todayOf, type StaffContext, type WorkstationParts } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';
import { timelineOf } from '../kernel/timeline.ts';
import { waitingOf } from '../kernel/waiting.ts';
import type { PrivacyRow } from './projection.ts';
import { recordViews } from './records.ts';

type Row = Selectable<PrivacyRow>;

const OPEN: readonly PrivacyStatus[] = ['received', 'decided'];

function dueOf(
  { directory, clock }: WorkstationParts,
  { status, received_at: at, unit_path: unitPath }: Pick<Row, 'status' | 'received_at' | 'unit_path'>,
): PrivacyDue | null {
  if (!OPEN.some((one) => one === status)) return null;
  const due = answerDue({ receivedAt: at, unitPath }, directory.rules());
  return { ...due, late: Date.parse(due.dueAt) < clock().getTime() };
}

function summaryOf(workstation: WorkstationParts, row: Row, waiting: number): PrivacySummary {
  return {
    id: row.id,
    number: row.number,
    what: row.what as PrivacyWhat,
    status: row.status as PrivacyStatus,
    requester: { name: row.requester_name },
    records: row.records,
    receivedAt: row.received_at,
    unitName: workstation.directory.nameOf(row.unit_path),
    due: dueOf(workstation, row),
    waiting,
  };
}

/**
 * The last day on which a request was received that is due by `by`. Found from today backwards: days fall due in their order, and none
 * is due later than a quarter of a year after it, whatever holidays lie between.
 */
function lastReceivedDue(context: StaffContext, by: string): string {
  const { directory } = context.workstation;
  const { unitPath } = requireIdentity(context);
  const rules = directory.rules();
  let day: string = todayOf(context.workstation);
  for (let back = 0; back < 100; back += 1) {
    const due = answerDue({ receivedAt: `${day}T12:00:00.000+08:00`, unitPath }, rules);
    if (businessDay(due.dueAt) <= by) return day;
    day = shiftDay(day, -1);
  }
  return day;
}

/** The requests in sight: the latest first, or those that are due in the order in which they are. */
export async function listRequests(
  context: StaffContext,
  { filter, limit, cursor }: { filter: PrivacyFilter; limit: number; cursor?: string | undefined },
): Promise<{ items: PrivacySummary[]; total: number; cursor: string | null }> {
  const { workstation } = context;
  const conditions: Expression<SqlBool>[] = [];
  if (filter.status?.length) conditions.push(sql`status IN (${sql.join(filter.status)})`);
  if (filter.what) conditions.push(sql`what = ${filter.what}`);
  if (filter.due) {
    const { day, weekEnd } = dueDates(workstation);
    const by = filter.due === 'overdue' ? shiftDay(day, -1) : weekEnd;
    conditions.push(
      sql`status IN ('received', 'decided') AND received_day <= ${lastReceivedDue(context, by)}`,
    );
  }
  const page = await readPage<Row>(workstation.store.read, {
    list: 'privacy',
    conditions,
    search: filter.search,
    order: { column: 'received_at', direction: filter.due ? 'ascending' : 'descending' },
    limit,
    cursor,
  });
  const waiting = await waitingOf(
    workstation.store.read,
    'privacy',
    page.rows.map(({ id }) => id),
  );
  return {
    items: page.rows.map((row) => summaryOf(workstation, row, waiting.get(row.id) ?? 0)),
    total: page.total,
    cursor: page.cursor,
  };
}

/** @throws NOT_FOUND where this workstation knows no such request */
export async function requireRequest({ workstation }: StaffContext, id: string): Promise<PrivacyState> {
  const state = await loadState(workstation.store.read, 'privacy', id);
  if (!state) throw serviceError('NOT_FOUND');
  return state;
}

/** One request with its records, and what the signed-in person may do about it now. @throws NOT_FOUND */
export async function requestDetail(context: StaffContext, id: string): Promise<PrivacyDetail> {
  const { workstation, staff } = context;
  const { directory, store } = workstation;
  const state = await requireRequest(context, id);
  const row = await store.read
    .selectFrom('privacy_row')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const printed = await store.read
    .selectFrom('privacy_print')
    .select('printed_at')
    .where('privacy_id', '=', id)
    .executeTakeFirst();
  const timeline = await timelineOf(workstation, 'privacy', id);
  const seenBy = privacySight(state, (path) => directory.levelOf(path));
  const above = parentPath(state.unitPath);
  const handles = seenBy.includes(staff.unitPath) && may(staff.role, 'privacy.handle');
  const reveals = may(staff.role, 'personal-data.reveal');
  const decided = state.status === 'decided';
  return {
    state,
    summary: summaryOf(workstation, row, timeline.filter(({ status }) => status === 'pending').length),
    records: await recordViews(context, state),
    timeline,
    passedTo: above !== null && seenBy.includes(above) ? directory.nameOf(above) : null,
    decidedIn: state.decided === null ? null : directory.nameOf(state.decided.by.unitPath),
    canDecide: handles && state.status === 'received' && may(staff.role, 'privacy.decide'),
    canPrint: handles && reveals && state.decided !== null,
    canAnswer: handles && decided,
    canWithdraw: handles && state.status === 'received',
    canReveal: handles && reveals,
    printedAt: printed?.printed_at ?? null,
  };
}
