import { sql } from 'kysely';
import { businessDay } from '../../domain/calendar/index.ts';
import { openStop } from '../../domain/case/clock.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { MerchantState } from '../../domain/merchant/merchant.ts';
import type { StaffState } from '../../domain/org/staff.ts';
import type { UnitState } from '../../domain/org/unit.ts';
import type { CalendarState } from '../../domain/procedure/imported-years.ts';
import type { ReturnState } from '../../domain/return/reducer.ts';
import type { AnyState } from '../../domain/streams.ts';
import { maskPhone } from '../../domain/text/index.ts';
import { deadlineOf, recomputeDeadlines } from './deadlines.ts';
import type { Directory } from './directory.ts';
import { NO_ROWS, writeFacts, type Terms } from './fact-write.ts';
import { FOLLOWED, recomputeFollowUps } from './follow-ups.ts';
import { supervisedColumns } from './supervised-columns.ts';
import { indexTerms } from './search-terms.ts';
import type { Writer } from './store.ts';

/** One stream after a change: whether its search terms are new, may have changed, or cannot have. */
export type Change = { current: AnyState; updatedAt: string; search: 'new' | 'again' | 'unchanged' };

/**
 * Writes events, and what follows from them: states, screen rows and search terms of all changed streams, in one
 * statement however many they are. `events` are rows of the log as `eventRows` makes them.
 */
export async function saveFacts(
  writer: Writer,
  events: readonly object[],
  changes: readonly Change[],
  directory: Directory,
): Promise<void> {
  if (events.length === 0 && changes.length === 0) return;
  const units = changes.flatMap(({ current }) => (current.kind === 'unit' ? [current.state] : []));
  if (units.length > 0) await saveUnits(writer, units);
  const calendars = changes.flatMap(({ current }) => (current.kind === 'calendar' ? [current.state] : []));
  const rules = changes.filter(({ current }) => current.kind === 'calendar' || current.kind === 'procedure');
  // The directory reads them from here, and the deadlines below follow from the directory.
  if (rules.length > 0) await writeFacts(writer, { ...NO_ROWS, streams: streamRows(rules) });
  if (units.length > 0 || rules.length > 0) await directory.reload(writer);
  if (calendars.length > 0) {
    await recomputeDeadlines(writer, directory, firstDayConcerned(calendars));
    await recomputeFollowUps(writer, directory, FOLLOWED);
  }
  const staff = changes.flatMap(({ current }) => (current.kind === 'staff' ? [current.state] : []));
  if (staff.length > 0) await saveStaff(writer, staff);
  const cases = caseRows(changes, directory);
  const returns = returnRows(changes);
  const merchants = merchantRows(changes);
  await writeFacts(writer, {
    events,
    streams: streamRows(changes),
    cases: cases.rows,
    returns: returns.rows,
    merchants: merchants.rows,
    terms: { case: cases.terms, return: returns.terms, merchant: merchants.terms },
  });
}

function streamRows(changes: readonly Change[]): object[] {
  return changes.map(({ current }) => ({
    kind: current.kind,
    id: current.state.id,
    state: JSON.stringify(current.state),
  }));
}

type Projected = { rows: Record<string, unknown>[]; terms: Terms[] };

/** Deadlines before it cannot change: a notice may also move the last days of the December before its year. */
function firstDayConcerned(calendars: readonly CalendarState[]): string {
  const years = calendars.flatMap(({ imports }) => imports.map(({ file }) => file.year));
  return `${Math.min(...years) - 1}-12-01`;
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

/** What a person may remember of a case. */
export function caseTerms(state: CaseState): string {
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

function caseRows(changes: readonly Change[], directory: Directory): Projected {
  const rows: Record<string, unknown>[] = [];
  const terms: Terms[] = [];
  for (const { current, updatedAt, search } of changes) {
    if (current.kind !== 'case') continue;
    const { state } = current;
    const deadline = deadlineOf(state, directory);
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
      ...supervisedColumns(state, directory),
    });
    if (search !== 'unchanged')
      terms.push({ id: state.id, terms: caseTerms(state), known: search === 'again' });
  }
  return { rows, terms };
}

function returnRows(changes: readonly Change[]): Projected {
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
  return { rows, terms };
}

function merchantRows(changes: readonly Change[]): Projected {
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
  return { rows, terms };
}
