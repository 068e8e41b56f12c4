import { sql } from 'kysely';
import { businessDay, defaultCalendar } from '../../domain/calendar/index.ts';
import { openStop } from '../../domain/case/clock.ts';
import { caseDeadline } from '../../domain/case/deadline.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { MerchantState } from '../../domain/merchant/merchant.ts';
import type { StaffState } from '../../domain/org/staff.ts';
import type { UnitState } from '../../domain/org/unit.ts';
import type { ReturnState } from '../../domain/return/reducer.ts';
import type { AnyState } from '../../domain/streams.ts';
import { maskPhone } from '../../domain/text/index.ts';
import type { Directory } from './directory.ts';
import { supervisedColumns } from './supervised-columns.ts';
import { indexTerms } from './search-terms.ts';
import type { Writer } from './store.ts';

/** One stream after a change: whether its search terms are new, may have changed, or cannot have. */
export type Change = { current: AnyState; updatedAt: string; search: 'new' | 'again' | 'unchanged' };

/** Writes states, screen rows and search terms of all changed streams: one statement a table, however many. */
export async function saveStates(
  writer: Writer,
  changes: readonly Change[],
  directory: Directory,
): Promise<void> {
  if (changes.length === 0) return;
  const streams = changes.map(({ current }) => ({
    kind: current.kind,
    id: current.state.id,
    state: JSON.stringify(current.state),
  }));
  await sql`
    INSERT INTO stream (kind, id, state)
    SELECT value ->> 'kind', value ->> 'id', value ->> 'state' FROM json_each(${JSON.stringify(streams)}) WHERE true
    ON CONFLICT (kind, id) DO UPDATE SET state = excluded.state`.execute(writer);

  const units = changes.flatMap(({ current }) => (current.kind === 'unit' ? [current.state] : []));
  if (units.length > 0) {
    await saveUnits(writer, units);
    await directory.reload(writer);
  }
  const staff = changes.flatMap(({ current }) => (current.kind === 'staff' ? [current.state] : []));
  if (staff.length > 0) await saveStaff(writer, staff);
  await saveCases(writer, changes, directory);
  await saveReturns(writer, changes);
  await saveMerchants(writer, changes);
}

async function saveUnits(writer: Writer, units: UnitState[]): Promise<void> {
  const rows = units.map((unit) => ({ ...unit, disputePoint: unit.disputePoint ? 1 : 0 }));
  await sql`
    INSERT INTO unit_row (path, id, name, level, party, dispute_point)
    SELECT value ->> 'path', value ->> 'id', value ->> 'name', value ->> 'level', value ->> 'party',
      value ->> 'disputePoint'
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (path) DO UPDATE SET name = excluded.name, level = excluded.level, party = excluded.party,
      dispute_point = excluded.dispute_point`.execute(writer);
}

async function saveStaff(writer: Writer, staff: StaffState[]): Promise<void> {
  const rows = staff.map((person) => ({ ...person, active: person.active ? 1 : 0 }));
  await sql`
    INSERT INTO staff_row (id, name, role, unit_path, active, password_hash)
    SELECT value ->> 'id', value ->> 'name', value ->> 'role', value ->> 'unitPath', value ->> 'active',
      value ->> 'passwordHash'
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, unit_path = excluded.unit_path,
      active = excluded.active, password_hash = excluded.password_hash`.execute(writer);
}

/** A record's search terms; `known` when older ones may be there. */
type Terms = { id: string; terms: string; known: boolean };

async function reindex(writer: Writer, table: 'case' | 'return' | 'merchant', terms: Terms[]): Promise<void> {
  if (terms.length === 0) return;
  const search = sql.table(`${table}_search`);
  const rows = sql.table(`${table}_row`);
  const json = JSON.stringify(terms);
  if (terms.some((one) => one.known))
    await sql`
    DELETE FROM ${search} WHERE rowid IN (
      SELECT r.row FROM json_each(${json}) AS t JOIN ${rows} AS r ON r.id = t.value ->> 'id')`.execute(
      writer,
    );
  await sql`
    INSERT INTO ${search} (rowid, terms)
    SELECT r.row, t.value ->> 'terms' FROM json_each(${json}) AS t JOIN ${rows} AS r ON r.id = t.value ->> 'id'`.execute(
    writer,
  );
}

/** What a person may remember of a case. */
function caseTerms(state: CaseState): string {
  return indexTerms({
    // An amount is remembered as it is said: 1280, or 1280.5.
    texts: [
      state.consumer.name,
      state.merchant.name,
      ...(state.amountFen === null ? [] : [String(state.amountFen / 100)]),
    ],
    phones: [state.consumer.phone, state.merchant.phone ?? ''].filter((phone) => phone !== ''),
    numbers: [state.number],
  });
}

async function saveCases(writer: Writer, changes: readonly Change[], directory: Directory): Promise<void> {
  const rows: Record<string, unknown>[] = [];
  const terms: Terms[] = [];
  for (const { current, updatedAt, search } of changes) {
    if (current.kind !== 'case') continue;
    const { state } = current;
    const deadline = caseDeadline(
      state,
      directory.levelOf(state.handlingPath),
      directory.partyOf(state.handlingPath) === 'regulator',
      defaultCalendar,
    );
    rows.push({
      id: state.id,
      number: state.number,
      status: state.status,
      open: state.status === 'closed' ? 0 : 1,
      historical: state.historical ? 1 : 0,
      consumerName: state.consumer.name,
      phone: maskPhone(state.consumer.phone),
      merchantId: state.merchant.merchantId,
      merchantName: state.merchant.name,
      object: state.category.object,
      problem: state.category.problem,
      amountFen: state.amountFen,
      handlingPath: state.handlingPath,
      registeredAt: state.registeredAt,
      registeredDay: businessDay(state.registeredAt),
      updatedAt,
      dueAt: deadline === null ? null : new Date(deadline.dueAt).toISOString(),
      deadline: deadline === null ? null : JSON.stringify(deadline),
      source: state.source,
      clockStands: openStop(state) === null ? 0 : 1,
      ...supervisedColumns(state),
    });
    if (search !== 'unchanged')
      terms.push({ id: state.id, terms: caseTerms(state), known: search === 'again' });
  }
  if (rows.length === 0) return;
  await sql`
    INSERT INTO case_row (id, number, status, open, historical, consumer_name, consumer_phone_masked, merchant_id,
      merchant_name, object, problem, amount_fen, handling_path, registered_at, registered_day, updated_at, due_at,
      deadline, source, clock_stands, assigned_to, assigned_name, escalated, closed_day, handled_bucket, review,
      call_due_at, confirm_due_at)
    SELECT value ->> 'id', value ->> 'number', value ->> 'status', value ->> 'open', value ->> 'historical',
      value ->> 'consumerName', value ->> 'phone', value ->> 'merchantId', value ->> 'merchantName',
      value ->> 'object', value ->> 'problem', value ->> 'amountFen', value ->> 'handlingPath',
      value ->> 'registeredAt', value ->> 'registeredDay', value ->> 'updatedAt', value ->> 'dueAt',
      value ->> 'deadline', value ->> 'source', value ->> 'clockStands', value ->> 'assignedTo',
      value ->> 'assignedName', value ->> 'escalated', value ->> 'closedDay', value ->> 'handledBucket',
      value ->> 'review', value ->> 'callDueAt', value ->> 'confirmDueAt'
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (id) DO UPDATE SET number = excluded.number, status = excluded.status, open = excluded.open,
      handling_path = excluded.handling_path, updated_at = excluded.updated_at, due_at = excluded.due_at,
      deadline = excluded.deadline, amount_fen = excluded.amount_fen, object = excluded.object,
      problem = excluded.problem, consumer_name = excluded.consumer_name,
      consumer_phone_masked = excluded.consumer_phone_masked, merchant_id = excluded.merchant_id,
      merchant_name = excluded.merchant_name, clock_stands = excluded.clock_stands,
      assigned_to = excluded.assigned_to, assigned_name = excluded.assigned_name, escalated = excluded.escalated,
      closed_day = excluded.closed_day, handled_bucket = excluded.handled_bucket, review = excluded.review,
      call_due_at = excluded.call_due_at, confirm_due_at = excluded.confirm_due_at`.execute(writer);
  await reindex(writer, 'case', terms);
}

async function saveReturns(writer: Writer, changes: readonly Change[]): Promise<void> {
  const rows: Record<string, unknown>[] = [];
  const terms: Terms[] = [];
  for (const { current, search } of changes) {
    if (current.kind !== 'return') continue;
    const state: ReturnState = current.state;
    rows.push({
      id: state.id,
      number: state.number,
      status: state.status,
      merchantId: state.merchantId,
      merchantName: state.merchantName,
      goodsName: state.request.goodsName,
      amountFen: state.request.amountFen,
      consumerName: state.consumer.name,
      verdict: state.verdict,
      requestedAt: state.requestedAt,
      requestedDay: businessDay(state.requestedAt),
      unitPath: state.unitPath,
      caseId: state.caseId,
    });
    if (search !== 'unchanged') {
      terms.push({
        id: state.id,
        known: search === 'again',
        terms: indexTerms({
          texts: [state.consumer.name, state.merchantName, state.request.goodsName],
          phones: state.consumer.phone === null ? [] : [state.consumer.phone],
          numbers: [state.number, ...(state.request.proofNumber ? [state.request.proofNumber] : [])],
        }),
      });
    }
  }
  if (rows.length === 0) return;
  await sql`
    INSERT INTO return_row (id, number, status, merchant_id, merchant_name, goods_name, amount_fen, consumer_name,
      verdict, requested_at, requested_day, unit_path, case_id)
    SELECT value ->> 'id', value ->> 'number', value ->> 'status', value ->> 'merchantId', value ->> 'merchantName',
      value ->> 'goodsName', value ->> 'amountFen', value ->> 'consumerName', value ->> 'verdict',
      value ->> 'requestedAt', value ->> 'requestedDay', value ->> 'unitPath', value ->> 'caseId'
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (id) DO UPDATE SET status = excluded.status, case_id = excluded.case_id`.execute(writer);
  await reindex(writer, 'return', terms);
}

async function saveMerchants(writer: Writer, changes: readonly Change[]): Promise<void> {
  const rows: Record<string, unknown>[] = [];
  const terms: Terms[] = [];
  for (const { current, search } of changes) {
    if (current.kind !== 'merchant') continue;
    const state: MerchantState = current.state;
    rows.push({
      id: state.id,
      name: state.name,
      creditCode: state.creditCode,
      category: state.category,
      unitPath: state.unitPath,
      phone: state.phone,
      commitments: JSON.stringify(state.commitments),
      committed: state.commitments.at(-1)?.effectiveTo === null ? 1 : 0,
      invented: state.invented ? 1 : 0,
    });
    if (search !== 'unchanged') {
      terms.push({
        id: state.id,
        known: search === 'again',
        terms: indexTerms({
          texts: [state.name],
          phones: state.phone === null ? [] : [state.phone],
          numbers: state.creditCode === null ? [] : [state.creditCode],
        }),
      });
    }
  }
  if (rows.length === 0) return;
  await sql`
    INSERT INTO merchant_row (id, name, credit_code, category, unit_path, phone, commitments, committed, invented)
    SELECT value ->> 'id', value ->> 'name', value ->> 'creditCode', value ->> 'category', value ->> 'unitPath',
      value ->> 'phone', value ->> 'commitments', value ->> 'committed', value ->> 'invented'
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, credit_code = excluded.credit_code,
      category = excluded.category, unit_path = excluded.unit_path, phone = excluded.phone,
      commitments = excluded.commitments, committed = excluded.committed`.execute(writer);
  await reindex(writer, 'merchant', terms);
}
